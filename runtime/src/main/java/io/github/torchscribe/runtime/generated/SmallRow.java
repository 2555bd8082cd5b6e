package io.github.torchscribe.runtime.generated;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.bytedeco.pytorch.Tensor;

/**
 * A single row that a product has written into the host's memory, where it still is in the nearest
 * cache. A call of libtorch takes a third of a microsecond before it looks at the first number,
 * which is longer than Java needs for all of a small row. Values are libtorch's, bit for bit.
 */
final class SmallRow {
  /** Java takes 0.06 µs for 200 numbers and 0.22 for so many, libtorch 0.39 for as many. */
  private static final int MOST = 1024;

  private static final int INFINITY = 0x7f80_0000;

  private final IntBuffer row;

  /** Processors take several numbers of an array at a time; of other memory Java has them not. */
  private final int[] bits;

  private SmallRow(IntBuffer row) {
    this.row = row;
    bits = new int[row.capacity()];
  }

  /**
   * Looks where a tensor lies.
   *
   * @param tensor stays where it is
   * @return null where libtorch is to do what is done with it
   */
  static SmallRow of(Tensor tensor) {
    long size = tensor.numel();
    boolean areFloats = tensor.is_cpu() && tensor.element_size() == Float.BYTES;
    if (!areFloats || size == 0 || size > MOST || !tensor.is_contiguous()) {
      return null;
    }
    return new SmallRow(
        tensor
            .data_ptr_float()
            .capacity(size)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder())
            .asIntBuffer());
  }

  /**
   * ReLU in place: what is less than zero becomes zero. What is not stays: NaN of either sign, and
   * the negative zero. There is no branch, as no processor can foresee the signs of numbers.
   */
  void relu() {
    row.get(0, bits);
    for (int i = 0; i < bits.length; i++) {
      int number = bits[i];
      int size = number & Integer.MAX_VALUE;
      int isNegative = number >> 31;
      int isLarge = -size >> 31; // larger than zero
      int isNumber = size - (INFINITY + 1) >> 31; // infinity, too
      bits[i] = number & ~(isNegative & isLarge & isNumber);
    }
    row.put(0, bits);
  }
}
