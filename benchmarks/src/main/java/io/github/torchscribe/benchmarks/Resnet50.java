package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Block;
import io.github.torchscribe.dsl.Named;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Residual;
import io.github.torchscribe.dsl.Shortcut;
import io.github.torchscribe.dsl.Size;
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
import io.github.torchscribe.dsl.optim.SGD;

/** ResNet-50 (He et al., 2015), as torchvision has it. */
@Network(input = {3, 224, 224})
@Named("conv1")
@Conv2d(value = 64, kernelSize = 7, stride = 2, padding = 3, bias = false)
@Named("bn1")
@BatchNorm2d
@ReLU
@MaxPool2d(value = 3, stride = 2, padding = 1)
@Named("layer1")
@Use(
    value = Resnet50.Stage.class,
    sizes = {64, 1, 2})
@Named("layer2")
@Use(
    value = Resnet50.Stage.class,
    sizes = {128, 2, 3})
@Named("layer3")
@Use(
    value = Resnet50.Stage.class,
    sizes = {256, 2, 5})
@Named("layer4")
@Use(
    value = Resnet50.Stage.class,
    sizes = {512, 2, 2})
@AdaptiveAvgPool2d(1)
@Flatten
@Named("fc")
@Linear(1000)
@CrossEntropyLoss
@SGD(lr = 1e-2, momentum = 0.9)
@Training(batchSize = 8, seed = 1)
interface Resnet50 {
  /** Blocks of one width; the first changes the shape. */
  @Block
  @Use(
      value = First.class,
      sizes = {Size.A, Size.B})
  @Use(value = Bottleneck.class, sizes = Size.A, times = Size.C)
  interface Stage {}

  /** Four times as many channels come out, and fewer pixels. */
  @Block
  @Named("conv1")
  @Conv2d(value = Size.A, kernelSize = 1, bias = false)
  @Named("bn1")
  @BatchNorm2d
  @ReLU
  @Named("conv2")
  @Conv2d(value = Size.A, kernelSize = 3, stride = Size.B, padding = 1, bias = false)
  @Named("bn2")
  @BatchNorm2d
  @ReLU
  @Named("conv3")
  @Conv2d(value = 4 * Size.A, kernelSize = 1, bias = false)
  @Named("bn3")
  @BatchNorm2d
  @Residual
  @Named("downsample")
  @Shortcut(
      value = Downsample.class,
      sizes = {4 * Size.A, Size.B})
  @ReLU
  interface First {}

  /** Brings x into the shape of f(x). */
  @Block
  @Conv2d(value = Size.A, kernelSize = 1, stride = Size.B, bias = false)
  @BatchNorm2d
  interface Downsample {}

  /** y = x + f(x). */
  @Block
  @Named("conv1")
  @Conv2d(value = Size.A, kernelSize = 1, bias = false)
  @Named("bn1")
  @BatchNorm2d
  @ReLU
  @Named("conv2")
  @Conv2d(value = Size.A, kernelSize = 3, padding = 1, bias = false)
  @Named("bn2")
  @BatchNorm2d
  @ReLU
  @Named("conv3")
  @Conv2d(value = 4 * Size.A, kernelSize = 1, bias = false)
  @Named("bn3")
  @BatchNorm2d
  @Residual
  @ReLU
  interface Bottleneck {}
}
