@Network
@SGD(lr = 0.1, momentum = 0.9, weightDecay = 0.01)
@Frozen({"stem", "mid.0.bias"})
@LearningRate(value = 0.25, of = {"mid", "kind.*.bias"})
public interface Net {
  @Conv2d(value = {2, 4}, kernelSize = 3, padding = Conv2d.SAME) @BatchNorm2d @ReLU
  Tensor stem(@Input({2, 8, 8}) Tensor image);

  @Conv2d(value = {4, 5}, kernelSize = 3, padding = Conv2d.SAME) @ReLU
  Tensor mid(Tensor stem);

  @Frozen @Conv2d(value = {5, 6}, kernelSize = 1) @BatchNorm2d @PReLU @MaxPool2d(2)
  Tensor fixed(Tensor mid);

  @Flatten @LayerNorm @Linear({96, 8}) @Use(Squash.class) @LearningRate(0.5) @Linear({8, 3}) @CrossEntropyLoss
  Tensor kind(Tensor fixed);
}

@Block @Frozen
interface Squash {
  @LayerNorm @Linear({8, 8}) @RMSNorm
  Tensor within(@Input Tensor x);
}
