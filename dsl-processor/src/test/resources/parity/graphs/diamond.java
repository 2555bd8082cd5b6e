// One value read three times, by activations that would like to work in place, and by two that meet again.
@Network(input = 6)
@CrossEntropyLoss
@SGD(lr = 0.1)
public interface Net {
  @Linear(8) @Tanh
  Tensor top(Tensor input);

  @ReLU @Linear(8)
  Tensor left(Tensor top);

  @Sigmoid
  Tensor middle(Tensor top);

  @Linear(8) @ELU
  Tensor right(Tensor top);

  @Multiply
  Tensor both(Tensor left, Tensor middle);

  @Subtract
  Tensor difference(Tensor right, Tensor middle);

  @Add @Linear(3)
  Tensor bottom(Tensor both, Tensor difference, Tensor left);
}
