// What a recurrent layer knows at the end of each sequence is what another begins with; some of it is the output.
@Network(input = 6)
@CrossEntropyLoss
@SGD(lr = 0.1)
public interface Net {
  @Embedding(value = {5, 4}, paddingIdx = 0, mask = true)
  Tensor words(Tensor input);

  @GRU(value = 5, numLayers = 2, bidirectional = true, output = Hidden.STATE)
  Tensor first(Tensor words);

  @GRU(value = 5, numLayers = 2, bidirectional = true, output = Hidden.SEQUENCE)
  Tensor second(Tensor words, Tensor first);

  @LSTM(value = 6, output = Hidden.STATE)
  Tensor known(Tensor second);

  @Narrow(dim = 1, start = 2, length = 2) @Narrow(dim = 2, start = 4, length = 3)
  Tensor some(Tensor second);

  @LSTM(value = 6, mask = false)
  Tensor other(Tensor some, Tensor known);

  @Flatten
  Tensor flat(Tensor known);

  @Concat @Linear(3)
  Tensor head(Tensor flat, Tensor other);
}
