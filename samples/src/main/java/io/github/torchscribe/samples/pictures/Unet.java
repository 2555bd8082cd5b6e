package io.github.torchscribe.samples.pictures;

import io.github.torchscribe.dsl.Block;
import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Size;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.BCEWithLogitsLoss;
import io.github.torchscribe.dsl.nn.BatchNorm2d;
import io.github.torchscribe.dsl.nn.Concat;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.ConvTranspose2d;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.AdamW;
import io.github.torchscribe.dsl.optim.OneCycleLR;
import org.bytedeco.pytorch.Tensor;

/**
 * Where the cells are (Ronneberger, Fischer, Brox, 2015): the picture is made smaller twice, so
 * that a pixel knows what is far away, and larger again; on the way up what it was on the way down
 * comes in from the side, so that edges stay sharp.
 */
@Network
@BCEWithLogitsLoss
@AdamW
@OneCycleLR(maxLr = 5e-3)
@Training(epochs = 8, batchSize = 8, seed = 1)
public interface Unet {
  /** The picture in all its detail. */
  @Use(value = Twice.class, sizes = 16)
  Tensor fine(@Input({1, Scene.SIZE, Scene.SIZE}) Tensor picture);

  /** Half as large. */
  @MaxPool2d(2)
  @Use(value = Twice.class, sizes = 32)
  Tensor middle(Tensor fine);

  /** A quarter. */
  @MaxPool2d(2)
  @Use(value = Twice.class, sizes = 64)
  Tensor coarse(Tensor middle);

  /** On the way up. */
  @ConvTranspose2d(value = 32, kernelSize = 2, stride = 2)
  Tensor up(Tensor coarse);

  /** With what was known of it on the way down. */
  @Concat
  @Use(value = Twice.class, sizes = 32)
  Tensor joined(Tensor middle, Tensor up);

  /** Up again. */
  @ConvTranspose2d(value = 16, kernelSize = 2, stride = 2)
  Tensor upper(Tensor joined);

  /** With all the detail. */
  @Concat
  @Use(value = Twice.class, sizes = 16)
  Tensor refined(Tensor fine, Tensor upper);

  /** For each pixel a score: above 0 where a cell is. */
  @Conv2d(value = 1, kernelSize = 1)
  Tensor mask(Tensor refined);

  /** Two convolutions with as many channels. */
  @Block
  @Conv2d(value = Size.A, kernelSize = 3, padding = Conv2d.SAME, bias = false)
  @BatchNorm2d
  @ReLU
  @Conv2d(value = Size.A, kernelSize = 3, padding = Conv2d.SAME, bias = false)
  @BatchNorm2d
  @ReLU
  interface Twice {}
}
