package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A product x·Wᵀ + b of several rows of one answer, of which several threads compute some columns
 * each: then no two of them copy the same part of W.
 */
final class Stripes extends InParts {
  /** What a thread has to do at least, in multiplications: some fifty microseconds. */
  private static final long LEAST = 2_500_000;

  /** BLAS takes so many columns, or a divisor of that, at a time. */
  private static final long AT_A_TIME = 64;

  private final Part whole;
  private final Part[] parts;

  /** How the whole is computed this time: parts come to its bits only the same way. */
  private boolean asSmallOnes;

  private Stripes(Hands hands, Part whole, Part... parts) {
    super(
        hands,
        parts.length,
        () -> isSame(whole, parts.length),
        "x·Wᵀ",
        whole.from.size(0),
        whole.from.size(1),
        whole.to.size(1),
        whole.from.stride(0),
        whole.from.stride(1),
        whole.to.stride(0),
        whole.to.stride(1),
        whole.bias != null);
    this.whole = whole;
    this.parts = parts;
  }

  /** Some columns, or all. */
  private record Part(Tensor to, Tensor from, Tensor weightT, Tensor bias) {
    boolean isOfSmallOnes() {
      return SmallOrWhole.areSmall(to, from, weightT);
    }

    void multiply(boolean asSmallOnes) {
      SmallOrWhole.multiplyPart(asSmallOnes, to, bias, from, weightT);
    }

    Part[] divided(int among) {
      Part[] all = new Part[among];
      for (int i = 0; i < among; i++) {
        long begin = first(i, among, to.size(1), AT_A_TIME);
        long count = first(i + 1, among, to.size(1), AT_A_TIME) - begin;
        all[i] =
            new Part(
                to.narrow(1, begin, count),
                from,
                weightT.narrow(1, begin, count),
                bias == null ? null : bias.narrow(0, begin, count));
      }
      return all;
    }

    /** The same of other numbers. */
    Part like() {
      Tensor shift = bias == null ? null : SameBits.like(bias);
      return new Part(
          torch.empty_like(to), SameBits.like(from), SameBits.like(weightT.t()).t(), shift);
    }
  }

  /**
   * A product whose numbers stay where they are.
   *
   * @param hands who computes it
   * @param to (rows, features)
   * @param from (rows, width)
   * @param weight (features, width)
   * @param bias (features), or null
   * @return null where it is too small to be divided; or where there are no kernels for small
   *     products, as parts of whole ones come to other bits nearly always
   */
  static Stripes of(Hands hands, Tensor to, Tensor from, Tensor weight, Tensor bias) {
    long work = from.size(0) * weight.numel();
    int among = (int) Math.min(hands.most(), Math.min(work / LEAST, weight.size(0) / AT_A_TIME));
    if (among < 2 || !Pools.multipliesSmall()) {
      return null;
    }
    Part whole = new Part(to, from, weight.t(), bias);
    return new Stripes(hands, whole, whole.divided(among));
  }

  private static boolean isSame(Part sizes, int among) {
    Part whole = sizes.like();
    boolean asSmallOnes = whole.isOfSmallOnes();
    whole.multiply(asSmallOnes);
    Tensor expected = whole.to.clone();
    whole.to.zero_();
    for (Part part : whole.divided(among)) {
      part.multiply(asSmallOnes);
    }
    return torch.equal(expected, whole.to);
  }

  @Override
  public void compute() {
    asSmallOnes = whole.isOfSmallOnes();
    super.compute();
  }

  @Override
  void computeWhole() {
    whole.multiply(asSmallOnes);
  }

  @Override
  void computePart(int number) {
    parts[number].multiply(asSmallOnes);
  }
}
