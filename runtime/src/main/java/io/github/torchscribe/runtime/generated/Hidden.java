package io.github.torchscribe.runtime.generated;

/** Which states leave a recurrent layer. */
public enum Hidden {
  /** The hidden state at the end: (n, H), both directions' beside each other. */
  LAST,

  /** The hidden states at all places: (n, L, H). */
  SEQUENCE,

  /** All that the layer knows at the end, as it may begin with it: (n, layers, H). */
  STATE
}
