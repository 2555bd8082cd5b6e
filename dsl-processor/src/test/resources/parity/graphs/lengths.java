// Sequences read to their own ends in both directions, which another input states; nothing comes from what is behind them.
@Network
@SGD(lr = 0.1)
public interface Net {
  @Masked @LSTM(value = 5, numLayers = 2, bidirectional = true)
  Tensor read(@Input({6, 4}) Tensor steps, @Input(indices = 7) Tensor length);

  @Masked @Linear(4) @MaxOver(dim = 1)
  Tensor most(Tensor steps, Tensor length);

  @Concat @Linear(3) @CrossEntropyLoss
  Tensor kind(Tensor read, Tensor most);
}
