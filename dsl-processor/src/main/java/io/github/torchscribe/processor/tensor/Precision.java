package io.github.torchscribe.processor.tensor;

/** In which numbers layers compute, where a network is trained in mixed precision. */
public enum Precision {
  /** 32-bit floats. */
  FULL,
  /** bfloat16 while training. */
  LOWERED
}
