// A sequence that ends before its room does: its padding, index 0, is known from the table on to where it is read to its end.
@Network(input = 6)
@CrossEntropyLoss
@SGD(lr = 0.1)
public interface Net {
  @Embedding(value = {5, 8}, paddingIdx = 0, mask = true) @PositionalEmbedding
  Tensor words(Tensor input);

  @SelfAttention(heads = 2) @Residual @LayerNorm
  Tensor attended(Tensor words);

  @LSTM(value = 5, bidirectional = true, numLayers = 2, output = Hidden.SEQUENCE)
  Tensor both(Tensor attended);

  @LSTM(value = 4, bidirectional = true)
  Tensor ends(Tensor both);

  @GRU(value = 8, output = Hidden.SEQUENCE)
  Tensor read(Tensor attended);

  @Attention(heads = 2, causal = true)
  Tensor again(Tensor read, Tensor words);

  @RNN(4)
  Tensor last(Tensor again);

  @MeanOver(dim = 1)
  Tensor mean(Tensor attended);

  @MaxOver(dim = 1)
  Tensor most(Tensor attended);

  @Concat @Linear(3)
  Tensor head(Tensor ends, Tensor last, Tensor mean, Tensor most);
}
