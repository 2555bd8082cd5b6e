package io.github.torchscribe.samples.distributed;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.BatchNorm2d;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/** Remembers running statistics. */
@Network(input = {1, 28, 28})
@Conv2d(
    value = {1, 8},
    kernelSize = 3)
@BatchNorm2d
@ReLU
@MaxPool2d(2)
@Flatten
@Linear(10)
@CrossEntropyLoss
@SGD(lr = 0.05)
@Training(epochs = 2, batchSize = 100, seed = 1)
interface Normed {}
