package io.github.torchscribe.samples.distributed;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;
import io.github.torchscribe.dsl.optim.StepLR;

/** The same with momentum and a schedule. */
@Network(input = {1, 28, 28})
@Flatten
@Linear({784, 200})
@ReLU
@Linear({200, 200})
@ReLU
@Linear({200, 10})
@CrossEntropyLoss
@SGD(lr = 0.05, momentum = 0.9)
@StepLR(stepSize = 1, gamma = 0.5)
@Training(epochs = 2, batchSize = 100, seed = 1)
interface Momentum {}
