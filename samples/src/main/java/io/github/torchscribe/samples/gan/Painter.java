package io.github.torchscribe.samples.gan;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.nn.BatchNorm2d;
import io.github.torchscribe.dsl.nn.ConvTranspose2d;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.nn.Sigmoid;
import io.github.torchscribe.dsl.nn.Unflatten;
import io.github.torchscribe.dsl.optim.Adam;

/**
 * The generator: paints a picture, black 0 and white 1, from 64 numbers drawn at random. It has no
 * loss: what it is to do better is what {@link Critic} says of its pictures.
 */
@Network(input = Painter.NOISE)
@Linear(value = 48 * 7 * 7, bias = false)
@Unflatten({48, 7, 7})
@BatchNorm2d
@ReLU
@ConvTranspose2d(value = 24, kernelSize = 4, stride = 2, padding = 1, bias = false)
@BatchNorm2d
@ReLU
@ConvTranspose2d(value = 1, kernelSize = 4, stride = 2, padding = 1)
@Sigmoid
@Adam(
    lr = 2e-3,
    betas = {0.5, 0.999})
public interface Painter {
  /** How many numbers a picture is painted from. */
  int NOISE = 64;
}
