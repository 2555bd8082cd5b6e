package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.optim.SGD;

/** Takes small pictures. */
@Network(input = {1, 4, 4})
@Flatten
@Linear(3)
@CrossEntropyLoss
@SGD(lr = 0.1)
@Training(epochs = 2, batchSize = 10, seed = 1)
interface Tiny {}
