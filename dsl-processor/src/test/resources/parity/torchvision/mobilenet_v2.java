@Network
@SGD(lr = 0.05)
public interface Net {
  @Use(value = Spatial.class, sizes = {32, 2, 1})
  @Use(value = Separable.class, sizes = {32, 16})
  @Use(value = Inverted.class, sizes = {16, 24, 2})
  @Use(value = Same.class, sizes = 24)
  @Use(value = Inverted.class, sizes = {24, 32, 2})
  @Use(value = Same.class, sizes = 32, times = 2)
  @Use(value = Inverted.class, sizes = {32, 64, 2})
  @Use(value = Same.class, sizes = 64, times = 3)
  @Use(value = Inverted.class, sizes = {64, 96, 1})
  @Use(value = Same.class, sizes = 96, times = 2)
  @Use(value = Inverted.class, sizes = {96, 160, 2})
  @Use(value = Same.class, sizes = 160, times = 2)
  @Use(value = Inverted.class, sizes = {160, 320, 1})
  @Use(value = Pointwise.class, sizes = 1280)
  Tensor features(@Input({3, 224, 224}) Tensor image);

  @AdaptiveAvgPool2d(1) @Flatten
  Tensor pooled(Tensor features);

  @Dropout(0.2) @Linear(1000) @CrossEntropyLoss
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
