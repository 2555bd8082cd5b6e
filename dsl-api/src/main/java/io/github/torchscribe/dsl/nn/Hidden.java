package io.github.torchscribe.dsl.nn;

/** Which states leave a recurrent layer. */
public enum Hidden {
  /** The last one, of each direction: (N, H). */
  LAST,
  /** Those of all places: (N, L, H). */
  SEQUENCE,
  /**
   * All that the layer knows at the end, as another may begin with it: PyTorch's {@code h_n} with
   * the batch first, (N, numLayers, H), each direction of a layer after the other. Of an
   * {@code @LSTM} it is (N, numLayers, 2H): {@code h_n} and, beside each, {@code c_n}.
   */
  STATE
}
