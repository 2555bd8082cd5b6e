// GPT-2 as Hugging Face has it.
@Network
public interface Net {
  @Embedding({9, 8}) @PositionalEmbedding @Named("h") @Use(value = Layer.class, times = 2) @LayerNorm @Output
  Tensor hidden(@Input(6) Tensor ids);

  @Linear(value = 9, bias = false) @Output
  Tensor head(Tensor hidden);
}

@Block
interface Layer {
  @LayerNorm @SelfAttention(heads = 2, causal = true) @Residual
  Tensor attended(@Input Tensor x);

  @LayerNorm @Linear(32) @GELU(approximate = GELU.Approximate.TANH) @Linear(8) @Residual
  Tensor considered(Tensor attended);
}
