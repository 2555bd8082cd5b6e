package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A convolution of a single image, channels last. Of a large one several threads compute some rows
 * of the result each, from those rows of the image that they need; which lie together, as
 * everything does.
 */
final class Bands extends InParts {
  /**
   * For so many multiplications one thread takes fifty microseconds: twice of what a call costs.
   */
  private static final long LEAST = 2_500_000;

  private static final long[] NO_OUTPUT_PADDING = {0, 0};

  private final Geometry geometry;
  private final Tensor to;
  private final Tensor from;
  private final Tensor weight;
  private final TensorOptional bias;
  private final Band[] bands;

  private Bands(
      Hands hands,
      Geometry geometry,
      Tensor to,
      Tensor from,
      Tensor weight,
      TensorOptional bias,
      Band... bands) {
    super(
        hands,
        bands.length,
        () -> isSame(geometry, to, from, weight, bands.length),
        "convolution",
        Arrays.toString(new long[] {from.size(1), from.size(2), from.size(3)}),
        Arrays.toString(weight.sizes().vec().get()),
        geometry.toString());
    this.geometry = geometry;
    this.to = to;
    this.from = from;
    this.weight = weight;
    this.bias = bias;
    this.bands = bands;
  }

  /** How windows lie. */
  private record Geometry(long[] stride, long[] padding, long[] dilation, long groups) {
    @Override
    public String toString() {
      return Arrays.deepToString(new Object[] {stride, padding, dilation, groups});
    }

    /**
     * Some rows of the result. Padding goes on both ends of what a convolution is given; so where a
     * band begins inside the image it begins some rows earlier, and these are left out.
     *
     * @return null where it has no rows of the image: it sees only padding
     */
    Band band(Tensor to, Tensor from, long kernel, long begin, long end) {
      long spare = (padding[0] + stride[0] - 1) / stride[0];
      long before = begin == 0 ? 0 : Math.min(begin, spare);
      long after = end == to.size(2) ? 0 : spare;
      long first = (begin - before) * stride[0];
      long last = (end - 1 + after) * stride[0] - padding[0] + (kernel - 1) * dilation[0];
      long height = (after == 0 && end == to.size(2) ? from.size(2) : last + 1) - first;
      if (first >= from.size(2) || height < 1) {
        return null;
      }
      return new Band(
          to.narrow(2, begin, end - begin),
          from.narrow(2, first, Math.min(height, from.size(2) - first)),
          before);
    }

    /** All rows; null where some see only padding. */
    Band[] divided(Tensor to, Tensor from, long kernel, int among) {
      Band[] all = new Band[among];
      long rows = to.size(2);
      for (int i = 0; i < among; i++) {
        all[i] = band(to, from, kernel, i * rows / among, (i + 1) * rows / among);
        if (all[i] == null) {
          return null;
        }
      }
      return all;
    }

    void convolve(Tensor to, Tensor from, Tensor weight, TensorOptional bias) {
      torch.convolution_out(
          to, from, weight, bias, stride, padding, dilation, false, NO_OUTPUT_PADDING, groups);
    }

    /** By oneDNN, also where libtorch would take the image for too small. */
    void convolve(Band band, Tensor weight, TensorOptional bias) {
      Tensor all =
          torch.mkldnn_convolution(band.from, weight, bias, padding, stride, dilation, groups);
      Tensor wanted = all.narrow(2, band.leftOut, band.to.size(2));
      band.to.copy_(wanted);
      wanted.close();
      all.close(); // before the next: its memory is still in the cache
    }
  }

  /**
   * Some rows.
   *
   * @param to is written
   * @param from is read
   * @param leftOut how many rows that come out before them are not wanted
   */
  private record Band(Tensor to, Tensor from, long leftOut) {}

  /**
   * A convolution whose numbers stay where they are.
   *
   * @return null where it is too small to be divided, or not to be
   */
  static Bands of(
      Hands hands,
      Tensor to,
      Tensor from,
      Tensor weight,
      TensorOptional bias,
      long[] stride,
      long[] padding,
      long[] dilation,
      long groups) {
    Geometry geometry = new Geometry(stride, padding, dilation, groups);
    long work = weight.numel() * to.size(2) * to.size(3);
    int among = (int) Math.min(hands.most(), Math.min(work / LEAST, to.size(2) / 2));
    if (among < 2 || !torch.hasMKLDNN()) {
      return null;
    }
    Band[] bands = geometry.divided(to, from, weight.size(2), among);
    return bands == null ? null : new Bands(hands, geometry, to, from, weight, bias, bands);
  }

  private static boolean isSame(
      Geometry geometry, Tensor to, Tensor from, Tensor weight, int among) {
    Tensor image = SameBits.like(from);
    Tensor factors = SameBits.like(weight);
    Tensor expected = torch.empty_like(to);
    Tensor divided = torch.empty_like(to);
    geometry.convolve(expected, image, factors, Workbench.NONE);
    for (Band band : geometry.divided(divided, image, weight.size(2), among)) {
      geometry.convolve(band, factors, Workbench.NONE);
    }
    return torch.equal(expected, divided);
  }

  @Override
  void computeWhole() {
    geometry.convolve(to, from, weight, bias);
  }

  @Override
  void computePart(int number) {
    geometry.convolve(bands[number], weight, bias);
  }
}
