package io.github.torchscribe.runtime.generated;

import static io.github.torchscribe.runtime.generated.WinogradForm.KERNEL;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A 3 × 3 convolution of a single image, channels last, by Winograd's F(4, 3) from row to row
 * ({@link WinogradForm}): four rows of the result take six products with sums of rows of the image
 * where they would take twelve with the rows themselves. Of infinite numbers sums are taken, too,
 * which are NaN where a plain convolution is infinite. Places whose window would reach beyond the
 * end of a row are computed, too, and left out. Sums of kernels' rows are made once ({@link
 * WeightCopy}).
 */
final class Winograd extends InParts {
  private static final WinogradForm FORM = WinogradForm.OF_FOUR;

  /** Fewer channels make sums that are too short. */
  private static final long FEWEST_CHANNELS = 16;

  /** With fewer places most of the time goes into reading weights, of which there are more here. */
  private static final long FEWEST_PLACES = 25;

  /** What a part is worth at least, in multiplications of a plain convolution. */
  private static final long LEAST = 2_500_000;

  private final WeightCopy factors;
  private final Part whole;
  private final Part[] parts;

  private Winograd(Hands hands, Part whole, WeightCopy factors, int among) {
    super(hands, among, () -> isSame(whole.sizes(), among), "Winograd", whole.sizes());
    this.factors = factors;
    this.whole = whole;
    parts = among > 1 ? whole.divided(among) : new Part[0];
  }

  /** Some groups of rows. */
  private record Part(
      WinogradRows rows,
      WinogradSizes sizes,
      Tensor image,
      Tensor factors,
      Tensor bias,
      Tensor result) {
    static Part of(WinogradSizes sizes, Tensor image, Tensor factors, Tensor bias, Tensor result) {
      return new Part(WinogradRows.of(sizes, 0, 1), sizes, image, factors, bias, result);
    }

    Part[] divided(int among) {
      Part[] all = new Part[among];
      for (int i = 0; i < among; i++) {
        WinogradRows some = WinogradRows.of(sizes, i, among);
        all[i] = new Part(some, sizes, image, factors, bias, result);
      }
      return all;
    }

    void compute() {
      rows.convolve(image, factors, bias, result);
    }
  }

  /**
   * A convolution whose numbers stay where they are: of stride 1, without dilation and groups.
   *
   * @param hands who computes it
   * @param copies of the model's weights
   * @param to (1, out, h, w), channels last
   * @param from (1, in, H, W), channels last
   * @param weight (out, in, kh, kw)
   * @param bias (out), or null
   * @param padding on each side
   * @return null where it is better computed in another way
   */
  static Winograd of(
      Hands hands,
      WeightCopies copies,
      Tensor to,
      Tensor from,
      Tensor weight,
      Tensor bias,
      long... padding) {
    if (!WinogradSizes.suits(weight, padding) || !Pools.multipliesSmall()) {
      return null;
    }
    WinogradSizes sizes = WinogradSizes.of(FORM, from, weight.size(0), padding);
    if (!suits(sizes) || !ChannelsLast.isDense(from) || !ChannelsLast.isDense(to)) {
      return null;
    }
    long[] shape = {FORM.seen(), KERNEL * weight.size(1), weight.size(0)};
    WeightCopy factors = copies.of("Winograd", weight, Winograd::write, shape);
    Part whole = Part.of(sizes, from, factors.copy(), bias, to);
    return new Winograd(hands, whole, factors, parts(sizes, hands));
  }

  private static boolean suits(WinogradSizes sizes) {
    return Math.min(sizes.in(), sizes.out()) >= FEWEST_CHANNELS
        && sizes.rows() * sizes.columns() >= FEWEST_PLACES;
  }

  private static int parts(WinogradSizes sizes, Hands hands) {
    long most = sizes.multiplications() / LEAST;
    return (int) Math.max(1, Math.min(hands.most(), Math.min(most, sizes.groups())));
  }

  private static boolean isSame(WinogradSizes sizes, int among) {
    Tensor image = SameBits.like(torch.empty(sizes.height(), sizes.width(), sizes.in()));
    Tensor factors = SameBits.like(torch.empty(FORM.seen(), KERNEL * sizes.in(), sizes.out()));
    Tensor expected = torch.empty(sizes.rows(), sizes.columns(), sizes.out());
    Tensor divided = torch.empty_like(expected);
    Part.of(sizes, image, factors, null, expected).compute();
    for (Part part : Part.of(sizes, image, factors, null, divided).divided(among)) {
      part.compute();
    }
    return torch.equal(expected, divided);
  }

  private static void write(Tensor factors, Tensor weight) {
    WinogradWeights.write(FORM, factors, weight.permute(2, 3, 1, 0));
  }

  @Override
  boolean suits() {
    return Pools.openBlas() == 1;
  }

  @Override
  public void compute() {
    factors.refresh();
    super.compute();
  }

  @Override
  void computeWhole() {
    whole.compute();
  }

  @Override
  void computePart(int number) {
    parts[number].compute();
  }
}
