@Network @SGD(lr = 0.1)
public interface Net {
  @Embedding({5, 3})
  Tensor cities(@Input(indices = 5) Tensor city);

  @Embedding({7, 2})
  Tensor makes(@Input(indices = 7) Tensor make);

  @Embedding({6, 2}) @Flatten
  Tensor week(@Input(3) Tensor days);

  @Concat @Linear({15, 8}) @ReLU
  Tensor all(@Input(4) Tensor numbers, Tensor cities, Tensor makes, Tensor week);

  @Linear({8, 1}) @L1Loss
  Tensor price(Tensor all);
}
