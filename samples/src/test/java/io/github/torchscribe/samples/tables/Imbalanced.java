package io.github.torchscribe.samples.tables;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/** Three classes of which one is much more frequent. */
@Network(input = 2)
@Linear(32)
@ReLU
@Linear(3)
@CrossEntropyLoss(weight = {1, 1, 1})
@SGD(lr = 0.1, momentum = 0.9)
@Training(epochs = 20, batchSize = 20, seed = 1)
interface Imbalanced {}
