package io.github.torchscribe.samples.tables;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.optim.SGD;

/** Says that it has weights of classes, and has none. */
@Network(input = 2)
@Linear(3)
@CrossEntropyLoss(weight = {})
@SGD(lr = 0.1)
interface Weightless {}
