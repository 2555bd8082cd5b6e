package io.github.torchscribe.runtime.torch;

import org.bytedeco.pytorch.Tensor;

/** Reads tensors of 64-bit integers. */
public final class Longs {
  private Longs() {}

  /**
   * The numbers of a tensor.
   *
   * @param tensor of 64-bit integers, anywhere; what has to be copied of it belongs to the scope
   *     that is open
   * @return its elements, one dimension after the other
   */
  public static long[] of(Tensor tensor) {
    long[] result = new long[Math.toIntExact(tensor.numel())];
    if (result.length > 0) { // an empty tensor has no memory
      tensor.cpu().contiguous().data_ptr_long().get(result);
    }
    return result;
  }
}
