package io.github.torchscribe.samples.distributed;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/** Its classes weigh differently. */
@Network(input = {1, 28, 28})
@Flatten
@Linear({784, 64})
@ReLU
@Linear(10)
@CrossEntropyLoss(weight = {1, 2, 3, 1, 2, 3, 1, 2, 3, 1})
@SGD(lr = 0.1)
@Training(epochs = 2, batchSize = 100, seed = 1)
interface Weighted {}
