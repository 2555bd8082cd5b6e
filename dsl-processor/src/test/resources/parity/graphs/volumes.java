// A small network over volumes, as for scans and videos: 3-D convolutions with a residual block, and two sizes beside each other.
@Network(input = {1, 8, 8, 8})
@CrossEntropyLoss
@SGD(lr = 0.1)
public interface Net {
  @Conv3d(value = 4, kernelSize = 3, padding = Conv3d.SAME, bias = false) @BatchNorm3d @ReLU @MaxPool3d(2)
  Tensor stem(Tensor input);

  @Use(value = Basic.class, sizes = 4) @ReLU
  Tensor layer1(Tensor stem);

  @Concat @Conv3d(value = 6, kernelSize = 2) @ReLU
  Tensor both(Tensor stem, Tensor layer1);

  @AdaptiveAvgPool3d(1) @Flatten @Linear(3)
  Tensor fc(Tensor both);
}

@Block
@Named("conv1") @Conv3d(value = Size.A, kernelSize = {1, 3, 3}, padding = {0, 1, 1}, bias = false)
@Named("bn1") @BatchNorm3d
@ReLU
@Named("conv2") @Conv3d(value = Size.A, kernelSize = {3, 1, 1}, padding = {1, 0, 0})
@Residual
interface Basic {}
