package io.github.torchscribe.processor.tensor;

/** In which order images and volumes lie in memory; their shape is (N, C, …) in both. */
public enum MemoryFormat {
  /** One channel after the other: PyTorch's {@code contiguous_format}. */
  CONTIGUOUS,
  /** All channels of a pixel beside each other, as convolutions want them. */
  CHANNELS_LAST;

  /**
   * Whether images lie in the same way in both.
   *
   * @param shape of one, which is known
   * @return true for one channel, or one pixel
   */
  public static boolean same(Shape shape) {
    return shape.first() == 1 || shape.elements() == shape.first();
  }
}
