package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.dsl.Block;
import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.LossWeight;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.BatchNorm2d;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MSELoss;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.AdamW;
import io.github.torchscribe.dsl.optim.OneCycleLR;
import org.bytedeco.pytorch.Tensor;

/**
 * Two answers to one image: which digit it shows, and how that is written ({@link Ink}). Both heads
 * learn from what one trunk sees, and the trunk from both losses.
 */
@Network
@AdamW
@OneCycleLR(maxLr = 5e-3)
@Training(epochs = 4, batchSize = 100, seed = 1)
public interface Handwriting {
  /** What is seen. */
  @Use(Trunk.class)
  Tensor seen(@Input({1, 28, 28}) Tensor image);

  /** The score of each digit. */
  @Linear(10)
  @CrossEntropyLoss
  Tensor digit(Tensor seen);

  /** Width, height and lean of the ink, in pixels. */
  @Linear(Ink.NUMBERS)
  @MSELoss
  @LossWeight(0.5)
  Tensor ink(Tensor seen);

  /** The same with the digit's head alone. */
  @Network
  @AdamW
  @OneCycleLR(maxLr = 5e-3)
  @Training(epochs = 4, batchSize = 100, seed = 1)
  interface DigitAlone {
    /** What is seen. */
    @Use(Trunk.class)
    Tensor seen(@Input({1, 28, 28}) Tensor image);

    /** The score of each digit. */
    @Linear(10)
    @CrossEntropyLoss
    Tensor digit(Tensor seen);
  }

  /** The same with the ink's head alone. */
  @Network
  @AdamW
  @OneCycleLR(maxLr = 5e-3)
  @Training(epochs = 4, batchSize = 100, seed = 1)
  interface InkAlone {
    /** What is seen. */
    @Use(Trunk.class)
    Tensor seen(@Input({1, 28, 28}) Tensor image);

    /** Width, height and lean of the ink, in pixels. */
    @Linear(Ink.NUMBERS)
    @MSELoss
    @LossWeight(0.5)
    Tensor ink(Tensor seen);
  }

  /** From pixels to 128 numbers. */
  @Block
  @Conv2d(value = 16, kernelSize = 3, bias = false)
  @BatchNorm2d
  @ReLU
  @MaxPool2d(2)
  @Conv2d(value = 32, kernelSize = 3, bias = false)
  @BatchNorm2d
  @ReLU
  @MaxPool2d(2)
  @Flatten
  @Linear(128)
  @ReLU
  interface Trunk {}
}
