@Network @SGD(lr = 0.1, momentum = 0.9) @Init(value = Init.Scheme.NORMAL, std = 0.2)
public interface Net {
  @Embedding({7, 6}) @Named("places") @PositionalEmbedding(numEmbeddings = 8)
  Tensor tokens(@Input(5) Tensor text);

  @Use(value = Part.class, times = 2) @Named("norm") @LayerNorm
  Tensor h(Tensor tokens);

  @Linear(value = {6, 7}, tied = "tokens.0", bias = false) @CrossEntropyLoss(dim = -1)
  Tensor next(Tensor h);
}

@Block @Use(Attend.class) @Use(Think.class)
interface Part {}

@Block @Residual @LayerNorm @SelfAttention(heads = 3, causal = true)
interface Attend {}

@Block @Residual @LayerNorm @Linear({6, 12}) @GELU @Linear({12, 6})
interface Think {}
