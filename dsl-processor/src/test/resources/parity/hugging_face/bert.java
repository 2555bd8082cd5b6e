// BERT as Hugging Face has it, with the mean over what is no padding.
@Network
public interface Net {
  @Embedding({9, 8})
  Tensor words(@Input(6) Tensor ids);

  @Embedding({2, 8})
  Tensor segments(@Input(6) Tensor types);

  @Add @PositionalEmbedding @LayerNorm(eps = 1e-12)
  Tensor embedded(Tensor words, Tensor segments);

  @Masked @Named("layer") @Use(value = Layer.class, times = 2)
  Tensor encoder(Tensor embedded, @Input(6) Tensor mask);

  @MeanOver(dim = 1)
  Tensor mean(Tensor encoder);
}

@Block
interface Layer {
  @SelfAttention(heads = 2) @Residual @LayerNorm(eps = 1e-12)
  Tensor attended(@Input Tensor x);

  @Linear(16) @GELU @Linear(8) @Residual @LayerNorm(eps = 1e-12)
  Tensor considered(Tensor attended);
}
