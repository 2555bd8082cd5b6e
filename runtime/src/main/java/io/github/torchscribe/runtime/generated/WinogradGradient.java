package io.github.torchscribe.runtime.generated;

import static io.github.torchscribe.runtime.generated.WinogradForm.KERNEL;

import io.github.torchscribe.runtime.process.Blas;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * The gradient of a convolution's kernels, by Winograd's way turned about: products of sums of the
 * image's rows with sums of the rows of the result's gradient, added up over all places; of which
 * sums are the gradient.
 */
final class WinogradGradient {
  private final WinogradSizes sizes;
  private final int seen;
  private final int begin;
  private final int end;
  private final int most;
  private final WinogradSums images;
  private final WinogradSums gradients;
  private final FloatPointer products;
  private final FloatPointer ofKernel;

  private WinogradGradient(WinogradSizes sizes, int begin, int end) {
    this.sizes = sizes;
    this.begin = begin;
    this.end = end;
    seen = sizes.form().seen();
    images = WinogradSums.ofImages(sizes, end - begin);
    most = images.most();
    gradients = WinogradSums.ofResults(sizes, most);
    ofKernel = sizes.form().ofKernel();
    long each = (long) KERNEL * sizes.in() * sizes.out();
    try (TensorOptions floats = torch.dtype(torch.ScalarType.Float)) {
      Tensor all = torch.empty(new long[] {seen * each}, floats, null);
      products = all.data_ptr_float();
    }
  }

  /**
   * What a part of all groups is worth.
   *
   * @param part its number, from 0
   * @param among how many parts there are
   */
  static WinogradGradient of(WinogradSizes sizes, int part, int among) {
    return new WinogradGradient(sizes, sizes.first(part, among), sizes.first(part + 1, among));
  }

  /**
   * Computes it.
   *
   * @param rows (3, 3, in, out), is written
   * @param image (n, in, H, W)
   * @param gradient of the result: (n, out, h, w)
   */
  void write(Tensor rows, Tensor image, Tensor gradient) {
    FloatPointer seenRows = image.data_ptr_float();
    FloatPointer gradientRows = gradient.data_ptr_float();
    for (int group = begin; group < end; group += most) {
      int some = Math.min(most, end - group);
      for (int i = 0; i < some; i++) {
        images.add(group + i, i, seenRows);
        gradients.add(group + i, i, gradientRows);
      }
      for (int term = 0; term < seen; term++) {
        multiply(term, some, group > begin);
      }
    }
    int each = KERNEL * sizes.in() * sizes.out();
    Blas.multiply(
        true,
        false,
        KERNEL,
        each,
        seen,
        1,
        ofKernel.position(0),
        KERNEL,
        products.position(0),
        each,
        false,
        rows.data_ptr_float(),
        each);
  }

  private void multiply(int term, int groups, boolean adds) {
    int in = sizes.in();
    int out = sizes.out();
    int length = KERNEL * in;
    int height = SmallProducts.even(length, SmallProducts.SUMMED_ROWS);
    int width = SmallProducts.even(out, SmallProducts.SUMMED_COLUMNS);
    long first = (long) term * most * sizes.places();
    int places = groups * sizes.places();
    for (int phase = 0; phase < KERNEL; phase++) {
      int terms = (places - phase + KERNEL - 1) / KERNEL;
      int depth = SmallProducts.even(terms, SmallProducts.SUMMED);
      for (int at = 0; at < terms; at += depth) {
        long place = first + phase + (long) KERNEL * at;
        for (int row = 0; row < length; row += height) {
          for (int column = 0; column < out; column += width) {
            Blas.multiply(
                true,
                false,
                Math.min(height, length - row),
                Math.min(width, out - column),
                Math.min(depth, terms - at),
                1,
                images.numbers().position(place * in + row),
                length,
                gradients.numbers().position(place * out + column),
                KERNEL * out,
                adds || phase + at > 0,
                products.position(((long) term * length + row) * out + column),
                out);
          }
        }
      }
    }
  }
}
