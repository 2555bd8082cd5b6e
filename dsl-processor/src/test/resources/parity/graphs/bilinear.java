// Two matrices made of one input meet in a product; a row is added to each of its rows; all stands beside the first.
@Network(input = 6)
@SmoothL1Loss
@SGD(lr = 0.05)
public interface Net {
  @Linear(20) @Unflatten({4, 5})
  Tensor rows(Tensor input);

  @Linear(15) @Tanh @Unflatten({5, 3})
  Tensor columns(Tensor input);

  @MatMul @Softmax
  Tensor product(Tensor rows, Tensor columns);

  @Linear(3) @Unflatten({1, 3})
  Tensor shift(Tensor input);

  @Add
  Tensor shifted(Tensor product, Tensor shift);

  @Concat(dim = -1) @Flatten @Linear(2)
  Tensor out(Tensor shifted, Tensor rows);
}
