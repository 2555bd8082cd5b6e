package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MSELoss;
import io.github.torchscribe.dsl.nn.Tanh;
import io.github.torchscribe.dsl.optim.Adam;

/** Learns to multiply: outputs are numbers, not classes. */
@Network(input = 2)
@Linear(32)
@Tanh
@Linear(1)
@MSELoss
@Adam(lr = 1e-2)
@Training(epochs = 60, batchSize = 50, seed = 1)
interface Product {}
