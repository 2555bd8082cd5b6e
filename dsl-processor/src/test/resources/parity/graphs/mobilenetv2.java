// torchvision's MobileNetV2, narrow and short: a block or two of each kind.
@Network
@SGD(lr = 0.1)
public interface Net {
  @Use(value = Spatial.class, sizes = {4, 2, 1})
  @Use(value = Separable.class, sizes = {4, 3})
  @Use(value = Inverted.class, sizes = {3, 4, 2})
  @Use(value = Same.class, sizes = 4, times = 2)
  @Use(value = Inverted.class, sizes = {4, 5, 1})
  @Use(value = Pointwise.class, sizes = 12)
  Tensor features(@Input({3, 16, 16}) Tensor image);

  @AdaptiveAvgPool2d(1) @Flatten
  Tensor pooled(Tensor features);

  @Dropout(0) @Linear(3) @CrossEntropyLoss
  Tensor classifier(Tensor pooled);
}

@Block
@Conv2d(value = Size.A, kernelSize = 1, bias = false)
@BatchNorm2d
@ReLU6
interface Pointwise {}

@Block
@Conv2d(value = Size.A, kernelSize = 3, stride = Size.B, padding = 1, groups = Size.C, bias = false)
@BatchNorm2d
@ReLU6
interface Spatial {}

@Block
@Named("conv.0") @Use(value = Spatial.class, sizes = {Size.A, 1, Size.A})
@Named("conv.1") @Conv2d(value = Size.B, kernelSize = 1, bias = false)
@Named("conv.2") @BatchNorm2d
interface Separable {}

@Block
@Named("conv.0") @Use(value = Pointwise.class, sizes = 6 * Size.A)
@Named("conv.1") @Use(value = Spatial.class, sizes = {6 * Size.A, Size.C, 6 * Size.A})
@Named("conv.2") @Conv2d(value = Size.B, kernelSize = 1, bias = false)
@Named("conv.3") @BatchNorm2d
interface Inverted {}

@Block
@Named("conv.0") @Use(value = Pointwise.class, sizes = 6 * Size.A)
@Named("conv.1") @Use(value = Spatial.class, sizes = {6 * Size.A, 1, 6 * Size.A})
@Named("conv.2") @Conv2d(value = Size.A, kernelSize = 1, bias = false)
@Named("conv.3") @BatchNorm2d
@Residual
interface Same {}
