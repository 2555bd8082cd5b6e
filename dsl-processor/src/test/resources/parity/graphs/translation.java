// An encoder reads a text, a decoder what has been written until now and, in cross-attention, the text, without its padding.
@Network
@SGD(lr = 0.1)
public interface Net {
  @Embedding(value = {7, 8}, paddingIdx = 0, mask = true) @PositionalEmbedding
  Tensor source(@Input(5) Tensor text);

  @SelfAttention(heads = 2) @Residual @LayerNorm
  Tensor memory(Tensor source);

  @Embedding(value = {6, 8}, paddingIdx = 0, mask = true) @PositionalEmbedding
  Tensor target(@Input(4) Tensor written);

  @SelfAttention(heads = 2, causal = true) @Residual @LayerNorm
  Tensor decoded(Tensor target);

  @Attention(heads = 4)
  Tensor cross(Tensor decoded, Tensor memory);

  @Add @LayerNorm @Linear(6) @CrossEntropyLoss(dim = -1)
  Tensor next(Tensor decoded, Tensor cross);
}
