package io.github.torchscribe.samples.gan;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.nn.BCEWithLogitsLoss;
import io.github.torchscribe.dsl.nn.BatchNorm2d;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.LeakyReLU;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.optim.Adam;

/**
 * The discriminator: says of a picture whether it is one of MNIST's, 1, or painted, 0. The gradient
 * of what it is given tells {@link Painter} what would have been more like MNIST's.
 */
@Network(
    input = {1, 28, 28},
    requiresGrad = true)
@Conv2d(value = 24, kernelSize = 4, stride = 2, padding = 1)
@LeakyReLU(negativeSlope = 0.2)
@Conv2d(value = 48, kernelSize = 4, stride = 2, padding = 1, bias = false)
@BatchNorm2d
@LeakyReLU(negativeSlope = 0.2)
@Flatten
@Linear(1)
@BCEWithLogitsLoss
@Adam(
    lr = 5e-4,
    betas = {0.5, 0.999})
public interface Critic {}
