// Attention of one sequence to others: of other widths; to what is key and value at once; causal, of three different values.
@Network(input = 6)
@CrossEntropyLoss
@SGD(lr = 0.1)
public interface Net {
  @Linear(24) @Tanh @Unflatten({3, 8})
  Tensor query(Tensor input);

  @Linear(20) @Tanh @Unflatten({4, 5})
  Tensor memory(Tensor input);

  @Attention(heads = 2)
  Tensor other(Tensor query, Tensor memory);

  @Linear(8)
  Tensor keys(Tensor memory);

  @Linear(8) @Sigmoid
  Tensor values(Tensor memory);

  @Attention(heads = 4, causal = true, bias = false)
  Tensor causal(Tensor other, Tensor keys, Tensor values);

  @Attention(heads = 1)
  Tensor same(Tensor query, Tensor causal);

  @Flatten @Linear(3)
  Tensor head(Tensor same);
}
