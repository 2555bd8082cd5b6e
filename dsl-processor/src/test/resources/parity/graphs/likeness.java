// Losses of several values: what is near, what points the same way, what is above, and how sure that is.
@Network @SGD(lr = 0.1)
public interface Net {
  @Linear(4)
  Tensor anchor(@Input(6) Tensor x);

  @Linear(4) @Tanh
  Tensor positive(Tensor x);

  @Linear(4)
  Tensor negative(Tensor x);

  @Linear(4) @Softplus
  Tensor variance(Tensor positive);

  @TripletMarginLoss(swap = true)
  Tensor triplet(Tensor anchor, Tensor positive, Tensor negative);

  @TripletMarginLoss(p = 1, margin = 3, eps = 0.1) @LossWeight(0.1)
  Tensor corners(Tensor positive, Tensor negative, Tensor anchor);

  @TripletMarginLoss(p = 3) @LossWeight(0.5)
  Tensor rounder(Tensor negative, Tensor anchor, Tensor positive);

  @CosineEmbeddingLoss(margin = 0.1)
  Tensor likeness(Tensor anchor, Tensor negative);

  @MarginRankingLoss(margin = 0.2) @LossWeight(0.5)
  Tensor order(Tensor positive, Tensor negative);

  @GaussianNLLLoss(full = true, eps = 0.5) @LossWeight(0.2)
  Tensor reading(Tensor anchor, Tensor variance);
}
