package io.github.torchscribe.benchmarks.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/** The networks that are measured, as a user of DJL writes them. */
final class Networks {
  private Networks() {}

  /** 784, then two layers of a width, then 10. */
  static Block mlp(long width) {
    return new SequentialBlock()
        .add(Blocks.batchFlattenBlock(784))
        .add(linear(width))
        .add(Activation::relu)
        .add(linear(width))
        .add(Activation::relu)
        .add(linear(10));
  }

  static Block cnn() {
    return new SequentialBlock()
        .add(convolution(32, 3, 1, 0, true))
        .add(Activation::relu)
        .add(convolution(64, 3, 1, 0, true))
        .add(Activation::relu)
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(Blocks.batchFlattenBlock())
        .add(linear(128))
        .add(Activation::relu)
        .add(linear(10));
  }

  static Block resnet() {
    return new SequentialBlock()
        .add(convolution(32, 3, 1, 1, false))
        .add(BatchNorm.builder().build())
        .add(Activation::relu)
        .add(residual(32, 1))
        .add(residual(32, 1))
        .add(residual(64, 2))
        .add(residual(64, 1))
        .add(Pool.globalAvgPool2dBlock())
        .add(Blocks.batchFlattenBlock())
        .add(linear(10));
  }

  private static Block residual(int channels, int stride) {
    SequentialBlock main =
        new SequentialBlock()
            .add(convolution(channels, 3, stride, 1, false))
            .add(BatchNorm.builder().build())
            .add(Activation::relu)
            .add(convolution(channels, 3, 1, 1, false))
            .add(BatchNorm.builder().build());
    SequentialBlock shortcut = new SequentialBlock();
    if (stride == 1) {
      shortcut.add(Blocks.identityBlock());
    } else {
      shortcut.add(convolution(channels, 1, stride, 0, false)).add(BatchNorm.builder().build());
    }
    return new ParallelBlock(Networks::sumAndRelu, List.of(main, shortcut));
  }

  private static NDList sumAndRelu(List<NDList> both) {
    NDArray sum = both.get(0).singletonOrThrow().add(both.get(1).singletonOrThrow());
    return new NDList(Activation.relu(sum));
  }

  static Block linear(long units) {
    return Linear.builder().setUnits(units).build();
  }

  private static Block convolution(
      int channels, int kernel, int stride, int padding, boolean bias) {
    return Conv2d.builder()
        .setFilters(channels)
        .setKernelShape(new Shape(kernel, kernel))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(padding, padding))
        .optBias(bias)
        .build();
  }
}
