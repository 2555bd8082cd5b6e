package io.github.torchscribe.runtime.generated;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** Images and volumes whose channels lie last in memory, and are seen first. */
final class ChannelsLast {
  private ChannelsLast() {}

  /** How one lies in memory: (sizes…, channels). */
  static long[] shape(long channels, long... sizes) {
    long[] shape = Arrays.copyOf(sizes, sizes.length + 1);
    shape[sizes.length] = channels;
    return shape;
  }

  /** How several lie in memory: (count, sizes…, channels). */
  static long[] batch(long count, long channels, long... sizes) {
    long[] shape = new long[sizes.length + 2];
    shape[0] = count;
    System.arraycopy(sizes, 0, shape, 1, sizes.length);
    shape[sizes.length + 1] = channels;
    return shape;
  }

  /** The same memory as libtorch wants to be shown it: (count, channels, sizes…). */
  static Tensor seen(Tensor inMemory) {
    return inMemory.movedim(-1, 1);
  }

  /** The only image of a batch as it lies in memory: (height, width, channels). */
  static Tensor only(Tensor seen) {
    return seen.select(0, 0).permute(1, 2, 0);
  }

  /** Whether images lie one pixel right after the other. */
  static boolean isDense(Tensor seen) {
    try (Tensor inMemory = seen.permute(0, 2, 3, 1)) { // else it would hold the memory
      return inMemory.is_contiguous();
    }
  }
}
