package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.nn.BatchNorm2d;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/** A batch of this cannot be divided, so that libtorch's own threads divide each convolution. */
@Network(input = {1, 28, 28})
@MaxPool2d(2)
@Conv2d(
    value = {1, 16},
    kernelSize = 3)
@BatchNorm2d
@ReLU
@Flatten
@Linear(10)
@CrossEntropyLoss
@SGD(lr = 1e-2)
interface Convolved {}
