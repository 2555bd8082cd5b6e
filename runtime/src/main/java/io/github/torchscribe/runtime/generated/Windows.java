package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The largest number of each window, where windows lie side by side on images. libtorch's pool
 * takes one number after the other and asks which is larger, which no processor can foresee; whole
 * rows at a time take a sixteenth of that for a batch, and for few images, whose rows are found
 * once, a half.
 */
final class Windows extends Prepared {
  /** Up to so many images libtorch's pool is faster than rows that have yet to be found. */
  private static final long FEW = 3;

  private final Tensor result;
  private final Tensor input;
  private final long height;
  private final long width;

  /** Rows of windows, and in them columns: each the largest of some; null where there are many. */
  private final Step[] steps;

  private Windows(Tensor result, Tensor input, long height, long width, Step... steps) {
    this.result = result;
    this.input = input;
    this.height = height;
    this.width = width;
    this.steps = steps;
  }

  /** Neighbours, of which one after the other is taken, and where the largest go. */
  private record Step(Tensor to, Tensor... neighbours) {
    static Step of(Tensor to, Tensor from, int dim, long size) {
      Tensor divided = divided(from, dim, size);
      Tensor[] all = new Tensor[(int) size];
      for (int i = 0; i < all.length; i++) {
        all[i] = divided.select(dim + 1, i);
      }
      return new Step(to, all);
    }

    void compute() {
      torch.maximum_out(to, neighbours[0], neighbours[1]);
      for (int i = 2; i < neighbours.length; i++) {
        torch.maximum_out(to, to, neighbours[i]);
      }
    }
  }

  /**
   * Windows of at least 1 × 2.
   *
   * @param result (N, C, h, w), is filled
   * @param input (N, C, H, W); what is left of height and width is in no window
   * @param areKept whether rows of few images are to be found once, with memory for them
   */
  static Windows of(Tensor result, Tensor input, long height, long width, boolean areKept) {
    if (!areKept || !areFewLast(input)) {
      return new Windows(result, input, height, width, (Step[]) null);
    }
    if (height == 1) {
      return new Windows(result, input, height, width, Step.of(result, input, 3, width));
    }
    Tensor rows =
        ChannelsLast.seen(
            torch.empty(
                ChannelsLast.batch(input.size(0), input.size(1), result.size(2), input.size(3)),
                input.options(),
                null));
    return new Windows(
        result,
        input,
        height,
        width,
        Step.of(rows, input, 2, height),
        Step.of(result, rows, 3, width));
  }

  private static boolean areFewLast(Tensor input) {
    return input.size(0) <= FEW && input.stride(1) == 1;
  }

  @Override
  public void compute() {
    if (steps == null && areFewLast(input)) {
      result.copy_(torch.max_pool2d(input, height, width));
      return;
    }
    if (steps == null) {
      Tensor rows = largest(null, input, 2, height);
      largest(result, rows, 3, width);
      return;
    }
    for (Step step : steps) {
      step.compute();
    }
  }

  /** The largest of each group of neighbours along a dimension. */
  private static Tensor largest(Tensor result, Tensor input, int dim, long size) {
    Tensor divided = divided(input, dim, size);
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

  /** Groups of neighbours along a dimension, which lie behind that. */
  private static Tensor divided(Tensor input, int dim, long size) {
    long groups = input.size(dim) / size;
    long[] shape = new long[5];
    for (int i = 0, from = 0; i < shape.length; i++) {
      shape[i] = i == dim ? groups : i == dim + 1 ? size : input.size(from);
      from += i == dim ? 0 : 1;
    }
    return input.narrow(dim, 0, groups * size).view(shape);
  }
}
