package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A 3 × 3 convolution of a single image, channels last, by Winograd's F(2, 3) from row to row: two
 * rows of the result take four products with rows of the image where they would take six, as
 *
 * <pre>
 * y₀ = (d₀ − d₂)·g₀ + (d₁ + d₂)·(g₀ + g₁ + g₂)/2 + (d₂ − d₁)·(g₀ − g₁ + g₂)/2
 * y₁ = (d₁ + d₂)·(g₀ + g₁ + g₂)/2 − (d₂ − d₁)·(g₀ − g₁ + g₂)/2 − (d₁ − d₃)·g₂
 * </pre>
 *
 * with rows d of the image and g of the kernel. What a window sees of such a row lies together, so
 * that each product is one of matrices: of every third place at a time, as their rows must not
 * overlap. Of infinite numbers differences are taken, too, which are NaN where a plain convolution
 * is infinite. Places whose window would reach beyond the end of a row are computed, too, and left
 * out. Sums of kernels' rows are made once ({@link WeightCopy}).
 *
 * <p>Sources: S. Winograd, Arithmetic Complexity of Computations, 1980; A. Lavin, S. Gray, Fast
 * Algorithms for Convolutional Neural Networks, 2016.
 */
final class Winograd extends InParts {
  /** Rows and columns of a kernel. */
  static final int KERNEL = 3;

  /** Rows of the result that are computed together, and of the image that they see. */
  static final int ROWS = 2;

  static final int SEEN = 4;

  /** Fewer channels make sums that are too short. */
  private static final long FEWEST_CHANNELS = 16;

  /** With fewer places most of the time goes into reading weights, of which there are more here. */
  private static final long FEWEST_PLACES = 144;

  /** What a part is worth at least, in multiplications of a plain convolution. */
  private static final long LEAST = 2_500_000;

  private final Tensor padded;
  private final Tensor inside;
  private final Tensor given;
  private final WeightCopy factors;
  private final WinogradPart whole;
  private final WinogradPart[] parts;

  private Winograd(
      Hands hands, Sizes sizes, Tensor to, Tensor from, WeightCopy factors, Tensor bias) {
    super(hands, sizes.parts(hands), () -> isSame(sizes, sizes.parts(hands)), "Winograd", sizes);
    this.factors = factors;
    given = ChannelsLast.only(from);
    padded = sizes.isWhole() && given.is_contiguous() ? given : sizes.zeros();
    inside = sizes.inside(padded);
    Tensor result = ChannelsLast.only(to);
    whole = sizes.part(padded, result, factors.copy(), bias, 0, 1);
    int among = sizes.parts(hands);
    parts =
        among > 1
            ? sizes.divided(padded, result, factors.copy(), bias, among)
            : new WinogradPart[0];
  }

  /**
   * What it is of.
   *
   * @param in channels
   * @param out channels
   * @param height of the image
   * @param width of the image
   * @param above how many rows of zeros there are, and below
   * @param beside how many columns of zeros there are, on each side
   */
  private record Sizes(long in, long out, long height, long width, long above, long beside) {
    long rows() {
      return height + 2 * above - KERNEL + 1;
    }

    long columns() {
      return width + 2 * beside - KERNEL + 1;
    }

    long pairs() {
      return (rows() + ROWS - 1) / ROWS;
    }

    boolean isWhole() {
      return above + beside == 0 && rows() % ROWS == 0;
    }

    boolean suits() {
      return in >= FEWEST_CHANNELS
          && out >= SmallProducts.NARROWEST
          && rows() * columns() >= FEWEST_PLACES;
    }

    int parts(Hands hands) {
      long most = KERNEL * KERNEL * in * out * rows() * columns() / LEAST;
      return (int) Math.max(1, Math.min(hands.most(), Math.min(most, pairs())));
    }

    /** The image with what is around it; below there is one more row where that makes a pair. */
    Tensor zeros() {
      return torch.zeros(ROWS * pairs() + KERNEL - 1, width + 2 * beside, in);
    }

    Tensor inside(Tensor padded) {
      return padded.narrow(0, above, height).narrow(1, beside, width);
    }

    WinogradPart part(Tensor image, Tensor to, Tensor weights, Tensor bias, int number, int among) {
      long first = number * pairs() / among;
      return new WinogradPart(image, to, weights, bias, first, (number + 1) * pairs() / among);
    }

    WinogradPart[] divided(Tensor image, Tensor to, Tensor weights, Tensor bias, int among) {
      WinogradPart[] all = new WinogradPart[among];
      for (int i = 0; i < among; i++) {
        all[i] = part(image, to, weights, bias, i, among);
      }
      return all;
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
    long in = weight.size(1);
    long out = weight.size(0);
    Sizes sizes = new Sizes(in, out, from.size(2), from.size(3), padding[0], padding[1]);
    boolean isOfThree = weight.size(2) == KERNEL && weight.size(3) == KERNEL;
    if (!isOfThree || !sizes.suits() || !Pools.multipliesSmall()) {
      return null;
    }
    WeightCopy factors = copies.of("Winograd", weight, Winograd::write, SEEN, KERNEL * in, out);
    return new Winograd(hands, sizes, to, from, factors, bias);
  }

  private static boolean isSame(Sizes sizes, int among) {
    Tensor image = SameBits.like(sizes.zeros());
    Tensor weights = SameBits.like(torch.empty(SEEN, KERNEL * sizes.in, sizes.out));
    Tensor expected = torch.empty(sizes.rows(), sizes.columns(), sizes.out);
    Tensor divided = torch.empty_like(expected);
    sizes.part(image, expected, weights, null, 0, 1).compute();
    for (WinogradPart part : sizes.divided(image, divided, weights, null, among)) {
      part.compute();
    }
    return torch.equal(expected, divided);
  }

  /** (4, 3 · in, out), of which the last is negated: it is taken away. */
  private static void write(Tensor factors, Tensor weight) {
    Tensor rows = weight.permute(2, 3, 1, 0).reshape(KERNEL, -1, weight.size(0));
    Tensor first = rows.select(0, 0);
    Tensor second = rows.select(0, 1);
    Tensor third = rows.select(0, 2);
    Scalar half = new Scalar(0.5);
    Tensor outer = first.add(third);
    factors.select(0, 0).copy_(first);
    factors.select(0, 1).copy_(outer.add(second).mul_(half));
    factors.select(0, 2).copy_(outer.sub(second).mul_(half));
    factors.select(0, 3).copy_(third.neg());
  }

  @Override
  boolean suits() {
    return Pools.openBlas() == 1;
  }

  @Override
  public void compute() {
    factors.refresh();
    if (padded != given) {
      inside.copy_(given);
    }
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
