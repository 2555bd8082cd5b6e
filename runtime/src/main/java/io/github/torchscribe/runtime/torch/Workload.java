package io.github.torchscribe.runtime.torch;

/** Which of the two thread pools does a network's work; the processor knows. */
public enum Workload {
  /** Matrix products: OpenBLAS' pool gets the cores, libtorch's one thread. */
  MATRIX_PRODUCTS,
  /** Convolutions, by oneDNN on libtorch's pool: that one gets the cores, OpenBLAS one thread. */
  CONVOLUTIONS
}
