package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.BatchNorm2d;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Dropout;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.Adam;
import io.github.torchscribe.dsl.optim.OneCycleLR;

/** A convolutional network for MNIST. */
@Network(input = {1, 28, 28})
@Conv2d(
    value = {1, 24},
    kernelSize = 3,
    bias = false)
@BatchNorm2d
@ReLU
@MaxPool2d(2)
@Conv2d(
    value = {24, 48},
    kernelSize = 3,
    bias = false)
@BatchNorm2d
@ReLU
@MaxPool2d(2)
@Flatten
@Dropout(0.25)
@Linear({1200, 10})
@CrossEntropyLoss
@Adam
@OneCycleLR(maxLr = 1e-2)
@Training(epochs = 4, batchSize = 100, seed = 1)
public interface Cnn {}
