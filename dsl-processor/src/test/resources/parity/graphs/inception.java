// An Inception block as torchvision's GoogLeNet has it, with its names.
@Network
@SGD(lr = 0.1)
public interface Net {
  @Use(value = BasicConv2d.class, sizes = {4, 1, 0})
  Tensor branch1(@Input({3, 8, 8}) Tensor image);

  @Use(value = BasicConv2d.class, sizes = {3, 1, 0}) @Use(value = BasicConv2d.class, sizes = {5, 3, 1})
  Tensor branch2(Tensor image);

  @Use(value = BasicConv2d.class, sizes = {2, 1, 0}) @Use(value = BasicConv2d.class, sizes = {3, 3, 1})
  Tensor branch3(Tensor image);

  @MaxPool2d(value = 3, stride = 1, padding = 1, ceilMode = true)
  @Use(value = BasicConv2d.class, sizes = {4, 1, 0})
  Tensor branch4(Tensor image);

  @Concat @AdaptiveAvgPool2d(1) @Flatten
  Tensor together(Tensor branch1, Tensor branch2, Tensor branch3, Tensor branch4);

  @Linear(3) @CrossEntropyLoss
  Tensor fc(Tensor together);
}

@Block
@Named("conv") @Conv2d(value = Size.A, kernelSize = Size.B, padding = Size.C, bias = false)
@Named("bn") @BatchNorm2d(eps = 0.001)
@ReLU
interface BasicConv2d {}
