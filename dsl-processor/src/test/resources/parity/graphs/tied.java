@Network @SGD(lr = 0.1, momentum = 0.9)
public interface Net {
  @Embedding({7, 6})
  Tensor tokens(@Input(5) Tensor text);

  @PositionalEmbedding @LayerNorm @SelfAttention(heads = 2, causal = true)
  Tensor mixed(Tensor tokens);

  @Linear(value = {6, 9}) @Named("inner") @Use(Around.class) @Linear({9, 6})
  Tensor deep(Tensor mixed);

  @Linear(value = {6, 7}, tied = "tokens") @CrossEntropyLoss(dim = -1)
  Tensor next(Tensor deep);
}

@Block
interface Around {
  @Linear({9, 9}) @Tanh
  Tensor there(@Input Tensor x);

  @Linear(value = {9, 9}, tied = "there.0")
  @GELU
  Tensor back(Tensor there);
}
