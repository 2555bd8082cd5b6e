package io.github.torchscribe.samples.mnist;

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
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.AdamW;
import io.github.torchscribe.dsl.optim.OneCycleLR;

/** A residual network (He et al., 2015) for images of 28 × 28, put together from blocks. */
@Network(input = {1, 28, 28})
@Conv2d(
    value = {1, 16},
    kernelSize = 3,
    padding = Conv2d.SAME,
    bias = false)
@BatchNorm2d
@ReLU
@MaxPool2d(2)
@Use(Resnet.Block.class)
@ReLU
@Use(Resnet.Down.class)
@ReLU
@AdaptiveAvgPool2d(1)
@Flatten
@Linear({32, 10})
@CrossEntropyLoss
@AdamW
@OneCycleLR(maxLr = 1e-2)
@Training(epochs = 4, batchSize = 100, seed = 1)
public interface Resnet {

  /** y = x + f(x), of the same shape. */
  @Network(input = {16, 14, 14})
  @Residual
  @Conv2d(
      value = {16, 16},
      kernelSize = 3,
      padding = Conv2d.SAME,
      bias = false)
  @BatchNorm2d
  @ReLU
  @Conv2d(
      value = {16, 16},
      kernelSize = 3,
      padding = Conv2d.SAME,
      bias = false)
  @BatchNorm2d
  interface Block {}

  /** Half as high and wide, twice as many channels: x has to be projected. */
  @Network(input = {16, 14, 14})
  @Residual
  @Shortcut(Projection.class)
  @Conv2d(
      value = {16, 32},
      kernelSize = 3,
      stride = 2,
      padding = 1,
      bias = false)
  @BatchNorm2d
  @ReLU
  @Conv2d(
      value = {32, 32},
      kernelSize = 3,
      padding = Conv2d.SAME,
      bias = false)
  @BatchNorm2d
  interface Down {}

  /** What stands beside {@link Down}. */
  @Network(input = {16, 14, 14})
  @Conv2d(
      value = {16, 32},
      kernelSize = 1,
      stride = 2,
      bias = false)
  @BatchNorm2d
  interface Projection {}
}
