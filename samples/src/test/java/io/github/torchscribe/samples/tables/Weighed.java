package io.github.torchscribe.samples.tables;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.optim.SGD;

/** Weighs its classes as {@link Unweighed} is told to. */
@Network(input = 2)
@Linear(3)
@CrossEntropyLoss(
    weight = {1, 0.2, 6},
    labelSmoothing = 0.3)
@SGD(lr = 0.5)
@Training(epochs = 5, batchSize = 20, seed = 1)
interface Weighed {}
