// U-Net with two skips (Ronneberger et al., 2015), small: each pixel is one of two classes.
@Network
@CrossEntropyLoss
@SGD(lr = 0.1)
public interface Net {
  @Use(value = Twice.class, sizes = 4)
  Tensor inc(@Input({1, 16, 16}) Tensor image);

  @MaxPool2d(2) @Use(value = Twice.class, sizes = 6)
  Tensor down1(Tensor inc);

  @MaxPool2d(2) @Use(value = Twice.class, sizes = 8)
  Tensor down2(Tensor down1);

  @ConvTranspose2d(value = 6, kernelSize = 2, stride = 2)
  Tensor up1(Tensor down2);

  @Concat @Use(value = Twice.class, sizes = 6)
  Tensor dec1(Tensor down1, Tensor up1);

  @Upsample(scaleFactor = 2, mode = Upsample.Mode.BILINEAR) @Conv2d(value = 4, kernelSize = 1)
  Tensor up2(Tensor dec1);

  @Concat @Use(value = Twice.class, sizes = 4)
  Tensor dec2(Tensor inc, Tensor up2);

  @Conv2d(value = 2, kernelSize = 1)
  Tensor outc(Tensor dec2);
}

@Block
@Conv2d(value = Size.A, kernelSize = 3, padding = 1) @ReLU
@Conv2d(value = Size.A, kernelSize = 3, padding = 1) @ReLU
interface Twice {}
