package io.github.torchscribe.samples.tables;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.optim.SGD;

/** Is told by the trainer what its classes weigh. */
@Network(input = 2)
@Linear(3)
@CrossEntropyLoss(
    weight = {1, 1, 1},
    labelSmoothing = 0.3)
@SGD(lr = 0.5)
@Training(epochs = 5, batchSize = 20, seed = 1)
interface Unweighed {}
