package io.github.torchscribe.samples.distributed;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.BatchNorm1d;
import io.github.torchscribe.dsl.nn.BatchNorm2d;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/**
 * Its norms are over all ranks. Pictures are small, since what libtorch finds of a large one's
 * channels depends in the fifth digit on how many threads look.
 */
@Network(input = {1, 28, 28})
@MaxPool2d(4)
@Conv2d(
    value = {1, 8},
    kernelSize = 3,
    bias = false)
@BatchNorm2d(sync = true)
@ReLU
@Flatten
@Linear(value = 32, bias = false)
@BatchNorm1d(sync = true)
@ReLU
@Linear(10)
@CrossEntropyLoss
@SGD(lr = 0.05, momentum = 0.9)
@Training(epochs = 2, batchSize = 100, seed = 1)
interface Synced {}
