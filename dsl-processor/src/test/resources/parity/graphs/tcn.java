// A temporal convolutional network (Bai et al., 2018) without norms of weights: no place sees what comes after it.
@Network
@CrossEntropyLoss
@SGD(lr = 0.1)
public interface Net {
  @Use(value = First.class, sizes = {6, 1})
  @Use(value = Temporal.class, sizes = {6, 2})
  @Use(value = Temporal.class, sizes = {6, 4})
  Tensor network(@Input({2, 16}) Tensor sequence);

  @Select(dim = 2, index = -1)
  Tensor last(Tensor network);

  @Linear(3)
  Tensor linear(Tensor last);
}

@Block
interface First {
  @Conv1d(value = Size.A, kernelSize = 3, dilation = Size.B, padding = Conv1d.CAUSAL)
  Tensor conv1(@Input Tensor x);

  @ReLU
  Tensor relu1(Tensor conv1);

  @Conv1d(value = Size.A, kernelSize = 3, dilation = Size.B, padding = Conv1d.CAUSAL)
  Tensor conv2(Tensor relu1);

  @ReLU
  Tensor relu2(Tensor conv2);

  @Conv1d(value = Size.A, kernelSize = 1)
  Tensor downsample(Tensor x);

  @Add @ReLU
  Tensor relu(Tensor relu2, Tensor downsample);
}

@Block
@Named("conv1") @Conv1d(value = Size.A, kernelSize = 3, dilation = Size.B, padding = Conv1d.CAUSAL)
@ReLU
@Named("conv2") @Conv1d(value = Size.A, kernelSize = 3, dilation = Size.B, padding = Conv1d.CAUSAL)
@ReLU
@Residual
@ReLU
interface Temporal {}
