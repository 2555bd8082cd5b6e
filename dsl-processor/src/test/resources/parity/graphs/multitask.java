@Network @SGD(lr = 0.1)
public interface Net {
  @Conv2d(value = {1, 4}, kernelSize = 3, padding = Conv2d.SAME) @ReLU @MaxPool2d(2)
  @Flatten @Linear({64, 8}) @Tanh @MSELoss @LossWeight(0.5)
  Tensor features(@Input({1, 8, 8}) Tensor image);

  @Linear({8, 3}) @CrossEntropyLoss
  Tensor kind(Tensor features);

  @Linear({8, 6}) @ReLU @Linear({6, 4}) @SmoothL1Loss @LossWeight(0.1)
  Tensor box(Tensor features);
}
