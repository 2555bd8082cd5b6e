package io.github.torchscribe.dsl.nn;

/** Which hidden states leave a recurrent layer. */
public enum Hidden {
  /** The last one, of each direction: (N, H). */
  LAST,
  /** Those of all places: (N, L, H). */
  SEQUENCE
}
