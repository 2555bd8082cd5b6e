package io.github.torchscribe.samples.distributed;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Dropout;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/** Drops values: each rank others. */
@Network(input = {1, 28, 28})
@Flatten
@Linear({784, 200})
@ReLU
@Dropout(0.2)
@Linear({200, 10})
@CrossEntropyLoss
@SGD(lr = 0.1)
@Training(epochs = 2, batchSize = 100, seed = 1)
interface Drops {}
