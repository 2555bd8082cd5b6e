package io.github.torchscribe.samples.tables;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MSELoss;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.AdamW;

/** How heavy a penguin is, in kilograms, by three lengths. */
@Network(input = 3)
@Linear(32)
@ReLU
@Linear(1)
@MSELoss
@AdamW(lr = 0.01)
@Training(epochs = 40, batchSize = 32, seed = 1)
public interface BodyMass {}
