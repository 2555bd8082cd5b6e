package io.github.torchscribe.processor.tensor;

/** In which order images lie in memory; their shape is (N, C, H, W) in both. */
public enum MemoryFormat {
  /** One channel after the other: PyTorch's {@code contiguous_format}. */
  CONTIGUOUS,
  /** All channels of a pixel beside each other, as convolutions want them. */
  CHANNELS_LAST;

  /**
   * Whether images lie in the same way in both.
   *
   * @param shape of one
   * @return true for one channel, or one pixel
   */
  public static boolean same(Shape shape) {
    return shape.sizes().get(0) == 1 || shape.sizes().get(1) * shape.sizes().get(2) == 1;
  }
}
