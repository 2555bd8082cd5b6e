package io.github.torchscribe.benchmarks;

import io.github.torchscribe.dsl.Block;
import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Size;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.dsl.nn.BatchNorm2d;
import io.github.torchscribe.dsl.nn.Concat;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.ConvTranspose2d;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;
import org.bytedeco.pytorch.Tensor;

/** U-Net (Ronneberger et al., 2015) of half its width, with batch norms: two classes of pixels. */
@Network
@SGD(lr = 1e-2, momentum = 0.9)
@Training(batchSize = 8, seed = 1)
interface Unet {
  @Use(value = Twice.class, sizes = 32)
  Tensor down1(@Input({3, 128, 128}) Tensor image);

  @MaxPool2d(2)
  @Use(value = Twice.class, sizes = 64)
  Tensor down2(Tensor down1);

  @MaxPool2d(2)
  @Use(value = Twice.class, sizes = 128)
  Tensor down3(Tensor down2);

  @MaxPool2d(2)
  @Use(value = Twice.class, sizes = 256)
  Tensor down4(Tensor down3);

  @MaxPool2d(2)
  @Use(value = Twice.class, sizes = 512)
  @ConvTranspose2d(value = 256, kernelSize = 2, stride = 2)
  Tensor bottom(Tensor down4);

  @Concat
  @Use(value = Twice.class, sizes = 256)
  @ConvTranspose2d(value = 128, kernelSize = 2, stride = 2)
  Tensor up4(Tensor down4, Tensor bottom);

  @Concat
  @Use(value = Twice.class, sizes = 128)
  @ConvTranspose2d(value = 64, kernelSize = 2, stride = 2)
  Tensor up3(Tensor down3, Tensor up4);

  @Concat
  @Use(value = Twice.class, sizes = 64)
  @ConvTranspose2d(value = 32, kernelSize = 2, stride = 2)
  Tensor up2(Tensor down2, Tensor up3);

  @Concat
  @Use(value = Twice.class, sizes = 32)
  @Conv2d(value = 2, kernelSize = 1)
  @CrossEntropyLoss
  Tensor pixels(Tensor down1, Tensor up2);

  /** Two convolutions. */
  @Block
  @Conv2d(value = Size.A, kernelSize = 3, padding = 1, bias = false)
  @BatchNorm2d
  @ReLU
  @Conv2d(value = Size.A, kernelSize = 3, padding = 1, bias = false)
  @BatchNorm2d
  @ReLU
  interface Twice {}
}
