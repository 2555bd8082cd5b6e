@Network @SGD(lr = 0.1)
public interface Net {
  @Embedding({9, 4})
  Tensor names(@Input(indices = 9) Tensor userId);

  @Concat @Linear({6, 8}) @ReLU @Linear({8, 5}) @Output
  Tensor user(Tensor names, @Input(2) Tensor age);

  @Embedding({11, 4})
  Tensor titles(@Input(indices = 11) Tensor itemId);

  @Concat @Linear({7, 8}) @Tanh @Linear({8, 5}) @Output
  Tensor item(Tensor titles, @Input(3) Tensor tags);

  @CosineSimilarity @MSELoss
  Tensor score(Tensor user, Tensor item);
}
