package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.AdaptiveAvgPool2d;
import io.github.torchscribe.dsl.nn.BatchNorm2d;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;

/** The residual network, its gradient by libtorch's autograd. */
@Network(
    input = {1, 28, 28},
    gradient = Network.Gradient.AUTOGRAD)
@Conv2d(
    value = {1, 32},
    kernelSize = 3,
    stride = 1,
    padding = 1,
    bias = false)
@BatchNorm2d
@ReLU
@Use(Resnet.Narrow.class)
@ReLU
@Use(Resnet.Narrow.class)
@ReLU
@Use(Resnet.Down.class)
@ReLU
@Use(Resnet.Broad.class)
@ReLU
@AdaptiveAvgPool2d(1)
@Flatten
@Linear({64, 10})
@CrossEntropyLoss
@SGD(lr = 1e-2, momentum = 0.9)
@Training(batchSize = 64, seed = 1)
interface ResnetAutograd {}
