// An encoder of two texts beside each other, as BERT reads them: words, which text each is of, and which places are there.
@Network
@SGD(lr = 0.1)
public interface Net {
  @Embedding({9, 8})
  Tensor words(@Input(6) Tensor ids);

  @Embedding({2, 8})
  Tensor parts(@Input(6) Tensor segments);

  @Add @PositionalEmbedding @LayerNorm
  Tensor embedded(Tensor words, Tensor parts);

  @Masked @SelfAttention(heads = 2) @Residual @LayerNorm
  Tensor attended(Tensor embedded, @Input(6) Tensor mask);

  @Linear(16) @GELU @Linear(8) @Residual @LayerNorm
  Tensor considered(Tensor attended);

  @SelfAttention(heads = 4) @Residual @LayerNorm
  Tensor again(Tensor considered);

  @Select(dim = 1, index = 0) @Linear(8) @Tanh
  Tensor pooled(Tensor again);

  @MeanOver(dim = 1)
  Tensor mean(Tensor again);

  @Concat @Linear(3) @CrossEntropyLoss
  Tensor kind(Tensor pooled, Tensor mean);
}
