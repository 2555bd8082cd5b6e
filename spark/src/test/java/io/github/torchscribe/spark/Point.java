package io.github.torchscribe.spark;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.optim.SGD;

/** Which of three classes a point is of, by its three numbers. */
@Network(input = 3)
@Linear({3, 3})
@CrossEntropyLoss
@SGD(lr = 0.1)
@Training(epochs = 2, batchSize = 4, seed = 1)
public interface Point {}
