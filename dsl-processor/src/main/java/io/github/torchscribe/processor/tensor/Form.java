package io.github.torchscribe.processor.tensor;

/**
 * How values lie in memory.
 *
 * @param format the order of images' numbers
 * @param precision of each number
 */
public record Form(MemoryFormat format, Precision precision) {
  /** How the network's input and output lie. */
  public static final Form PLAIN = new Form(MemoryFormat.CONTIGUOUS, Precision.FULL);

  /**
   * Whether images lie channels last.
   *
   * @return false for all that are no images
   */
  public boolean isChannelsLast() {
    return format == MemoryFormat.CHANNELS_LAST;
  }

  /**
   * Whether numbers are bfloat16 while training.
   *
   * @return false unless the network is trained in mixed precision
   */
  public boolean isLowered() {
    return precision == Precision.LOWERED;
  }
}
