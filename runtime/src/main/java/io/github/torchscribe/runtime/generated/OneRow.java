package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A product W·x + b of a single row, by which W is read once and nothing is copied. Of a large W
 * several threads read some rows each.
 */
final class OneRow extends Prepared {
  /** So many numbers one thread reads in ten to twenty microseconds. */
  private static final long LEAST = 250_000;

  /** BLAS takes so many rows, or a divisor of that, at a time. */
  private static final long ROWS = 16;

  private final Hands hands;
  private final Part whole;
  private final Part[] parts;
  private final SameBits same;

  private OneRow(Hands hands, Part whole, Part... parts) {
    this.hands = hands;
    this.whole = whole;
    this.parts = parts;
    same =
        new SameBits(
            () -> isSame(whole, parts.length),
            "W·x",
            whole.weight.size(0),
            whole.weight.size(1),
            parts.length);
  }

  /** Some rows of W, or all. */
  private record Part(Tensor to, Tensor from, Tensor weight, Tensor bias) {
    void multiply() {
      if (bias == null) {
        torch.mv_out(to, weight, from);
      } else {
        torch.addmv_out(to, bias, weight, from);
      }
    }

    Part rows(long begin, long count) {
      return new Part(
          to.narrow(0, begin, count),
          from,
          weight.narrow(0, begin, count),
          bias == null ? null : bias.narrow(0, begin, count));
    }

    Part[] divided(int among) {
      Part[] all = new Part[among];
      for (int i = 0; i < among; i++) {
        long begin = first(i, among);
        all[i] = rows(begin, first(i + 1, among) - begin);
      }
      return all;
    }

    private long first(int part, int among) {
      return part == among ? to.size(0) : part * to.size(0) / among / ROWS * ROWS;
    }

    /** The same of other numbers. */
    Part like() {
      return new Part(
          torch.empty_like(to), SameBits.like(from), SameBits.like(weight), SameBits.like(to));
    }
  }

  /**
   * A product whose numbers stay where they are.
   *
   * @param hands who computes it
   * @param to (features)
   * @param from (width)
   * @param weight (features, width)
   * @param bias (features), or null
   */
  static OneRow of(Hands hands, Tensor to, Tensor from, Tensor weight, Tensor bias) {
    Part whole = new Part(to, from, weight, bias);
    long most = Math.min(weight.numel() / LEAST, weight.size(0) / ROWS);
    int among = (int) Math.min(hands.most(), most);
    return new OneRow(hands, whole, among > 1 ? whole.divided(among) : new Part[0]);
  }

  private static boolean isSame(Part sizes, int among) {
    Part whole = sizes.like();
    whole.multiply();
    Tensor expected = whole.to.clone();
    whole.to.zero_();
    for (Part part : whole.divided(among)) {
      part.multiply();
    }
    return torch.equal(expected, whole.to);
  }

  /** Whether it is divided where there are several threads. */
  boolean divides() {
    return parts.length > 0 && same.isSo();
  }

  @Override
  public void compute() {
    if (hands.areSeveral() && divides()) {
      hands.divide(parts.length, number -> parts[number].multiply());
    } else {
      whole.multiply();
    }
  }
}
