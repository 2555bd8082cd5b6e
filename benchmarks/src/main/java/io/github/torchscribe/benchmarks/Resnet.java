package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Residual;
import io.github.torchscribe.dsl.Shortcut;
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

/** Residual blocks of convolutions and batch norms (He et al., 2015). */
@Network(input = {1, 28, 28})
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
interface Resnet {
  /** y = x + f(x) with 32 channels. */
  @Network(input = {32, 28, 28})
  @Residual
  @Conv2d(
      value = {32, 32},
      kernelSize = 3,
      stride = 1,
      padding = 1,
      bias = false)
  @BatchNorm2d
  @ReLU
  @Conv2d(
      value = {32, 32},
      kernelSize = 3,
      stride = 1,
      padding = 1,
      bias = false)
  @BatchNorm2d
  interface Narrow {}

  /** Half as high and wide, twice as many channels. */
  @Network(input = {32, 28, 28})
  @Residual
  @Shortcut(Projection.class)
  @Conv2d(
      value = {32, 64},
      kernelSize = 3,
      stride = 2,
      padding = 1,
      bias = false)
  @BatchNorm2d
  @ReLU
  @Conv2d(
      value = {64, 64},
      kernelSize = 3,
      stride = 1,
      padding = 1,
      bias = false)
  @BatchNorm2d
  interface Down {}

  /** Brings x into the shape of f(x). */
  @Network(input = {32, 28, 28})
  @Conv2d(
      value = {32, 64},
      kernelSize = 1,
      stride = 2,
      padding = 0,
      bias = false)
  @BatchNorm2d
  interface Projection {}

  /** y = x + f(x) with 64 channels. */
  @Network(input = {64, 14, 14})
  @Residual
  @Conv2d(
      value = {64, 64},
      kernelSize = 3,
      stride = 1,
      padding = 1,
      bias = false)
  @BatchNorm2d
  @ReLU
  @Conv2d(
      value = {64, 64},
      kernelSize = 3,
      stride = 1,
      padding = 1,
      bias = false)
  @BatchNorm2d
  interface Broad {}
}
