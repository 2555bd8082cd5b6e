package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Windows that lie side by side on images. */
final class Windows {
  /** Up to so many images libtorch's pool is faster where channels lie last. */
  private static final long FEW = 3;

  private Windows() {}

  /**
   * The largest number of each window, of at least 1 × 2. libtorch's pool takes one number after
   * the other and asks which is larger, which no processor can foresee; whole rows at a time take a
   * sixteenth of that for a batch. Where channels lie last libtorch's takes a row of them at a time
   * and one call instead of many, which is less for few images.
   *
   * @param result (N, C, h, w), is filled
   * @param input (N, C, H, W); what is left of height and width is in no window
   */
  static void maxima(Tensor result, Tensor input, long height, long width) {
    if (input.size(0) <= FEW && input.stride(1) == 1) {
      result.copy_(torch.max_pool2d(input, height, width));
      return;
    }
    Tensor rows = largest(null, input, 2, height);
    largest(result, rows, 3, width);
  }

  /** The largest of each group of neighbours along a dimension. */
  private static Tensor largest(Tensor result, Tensor input, int dim, long size) {
    long groups = input.size(dim) / size;
    long[] shape = new long[5];
    for (int i = 0, from = 0; i < shape.length; i++) {
      shape[i] = i == dim ? groups : i == dim + 1 ? size : input.size(from);
      from += i == dim ? 0 : 1;
    }
    Tensor divided = input.narrow(dim, 0, groups * size).view(shape);
    Tensor largest = divided.select(dim + 1, 0);
    for (long i = 1; i < size; i++) {
      Tensor other = divided.select(dim + 1, i);
      if (i < size - 1) {
        largest = torch.maximum(largest, other);
      } else {
        largest =
            result == null
                ? torch.maximum(largest, other)
                : torch.maximum_out(result, largest, other);
      }
    }
    return largest;
  }
}
