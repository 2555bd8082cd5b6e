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
  private static final int DEPTH = Integer.getInteger("depth", 256);
  private static final int ROWS = Integer.getInteger("rows", 64);
  private static final int COLUMNS = Integer.getInteger("columns", 32);

  private final WinogradSizes sizes;
  private final int seen;
  private final int most;
  private final WinogradSums images;
  private final WinogradSums gradients;
  private final FloatPointer products;
  private final FloatPointer ofKernel;

  WinogradGradient(WinogradSizes sizes) {
    this.sizes = sizes;
    seen = sizes.form().seen();
    images = WinogradSums.ofImages(sizes, sizes.groups());
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
   * Computes it.
   *
   * @param rows (3, 3, in, out), is written
   * @param image (n, in, H, W)
   * @param gradient of the result: (n, out, h, w)
   */
  void write(Tensor rows, Tensor image, Tensor gradient) {
    FloatPointer seenRows = image.data_ptr_float();
    FloatPointer gradientRows = gradient.data_ptr_float();
    for (int group = 0; group < sizes.groups(); group += most) {
      int some = Math.min(most, sizes.groups() - group);
      for (int i = 0; i < some; i++) {
        images.add(group + i, i, seenRows);
        gradients.add(group + i, i, gradientRows);
      }
      for (int term = 0; term < seen; term++) {
        multiply(term, some, group > 0);
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
    int height = SmallProducts.even(length, ROWS);
    int width = SmallProducts.even(out, COLUMNS);
    long first = (long) term * most * sizes.places();
    int places = groups * sizes.places();
    for (int phase = 0; phase < KERNEL; phase++) {
      int terms = (places - phase + KERNEL - 1) / KERNEL;
      int depth = SmallProducts.even(terms, DEPTH);
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
