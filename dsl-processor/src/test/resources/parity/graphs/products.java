// Two towers over one input: what they have in common, seen by products and by angles.
@Network(input = 6)
@MSELoss
@SGD(lr = 0.1)
public interface Net {
  @Linear(12) @Unflatten({3, 4})
  Tensor left(Tensor input);

  @Linear(15) @Tanh @Unflatten({3, 5})
  Tensor right(Tensor input);

  @Bilinear({4, 5, 4})
  Tensor pairs(Tensor left, Tensor right);

  @CosineSimilarity(dim = -1, eps = 0.5)
  Tensor likeness(Tensor pairs, Tensor left);

  @Linear(2)
  Tensor other(Tensor input);

  @Bilinear(value = 5, bias = false)
  Tensor article(Tensor likeness, Tensor other);

  @Linear(5)
  Tensor query(Tensor input);

  @CosineSimilarity
  Tensor score(Tensor query, Tensor article);
}
