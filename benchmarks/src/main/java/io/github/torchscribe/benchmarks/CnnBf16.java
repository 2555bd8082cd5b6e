package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Precision;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/** Two convolutions, a pool and two linear layers, in mixed precision. */
@Network(input = {1, 28, 28})
@Conv2d(
    value = {1, 32},
    kernelSize = 3)
@ReLU
@Conv2d(
    value = {32, 64},
    kernelSize = 3)
@ReLU
@MaxPool2d(2)
@Flatten
@Linear({9216, 128})
@ReLU
@Linear({128, 10})
@CrossEntropyLoss
@SGD(lr = 1e-2)
@Training(batchSize = 64, seed = 1, precision = Precision.BF16)
interface CnnBf16 {}
