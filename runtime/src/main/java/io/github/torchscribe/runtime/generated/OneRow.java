package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Blas;
import io.github.torchscribe.runtime.process.Hands;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A product W·x + b of a single row, by which W is read once and nothing is copied. Of a large W
 * several threads read some rows each.
 */
final class OneRow extends InParts {
  /** So many numbers one thread reads in ten to twenty microseconds. */
  private static final long LEAST = 250_000;

  /**
   * Of so many numbers, which one thread reads in 1.6 µs, somebody who is awake reads half: it
   * takes a fifth of a microsecond to find each other.
   */
  private static final long LEAST_BRIEFLY = 40_000;

  /** BLAS takes so many rows, or a divisor of that, at a time. */
  private static final long ROWS = 16;

  /** So many rows of a part are tried at least, and what is left of so many. */
  private static final long TRIED = 128;

  private static final long CUT = 64;

  private final Part whole;
  private final Part[] parts;

  private OneRow(Hands hands, boolean isBrief, Part whole, Part... parts) {
    super(
        hands,
        parts.length,
        isBrief,
        () -> isSame(whole, parts),
        "W·x",
        whole.weight.size(0),
        whole.weight.size(1),
        whole.bias != null);
    this.whole = whole;
    this.parts = parts;
  }

  /** Where all that is multiplied lies, for OpenBLAS: libtorch's calls take a microsecond more. */
  private record Direct(Matrix weight, FloatPointer to, FloatPointer from, FloatPointer bias) {
    /** Null where there is no bias, or something is no row of floats in the host's memory. */
    static Direct of(Tensor to, Tensor from, Tensor weight, Tensor bias) {
      boolean areFloats = to.is_cpu() && to.element_size() == Float.BYTES;
      if (bias == null || !areFloats || to.numel() == 0 || !areRows(to, from, bias)) {
        return null;
      }
      Matrix matrix = Matrix.of(weight);
      return matrix == null || matrix.isTurned()
          ? null
          : new Direct(matrix, to.data_ptr_float(), from.data_ptr_float(), bias.data_ptr_float());
    }

    private static boolean areRows(Tensor... all) {
      return Arrays.stream(all).allMatch(Tensor::is_contiguous);
    }

    void multiply() {
      Blas.copy(weight.rows(), bias, to);
      Blas.addProduct(weight.rows(), weight.columns(), weight.data(), weight.stride(), from, to);
    }
  }

  /** Some rows of W, or all. */
  private record Part(Tensor to, Tensor from, Tensor weight, Tensor bias, Direct direct) {
    Part(Tensor to, Tensor from, Tensor weight, Tensor bias) {
      this(to, from, weight, bias, Direct.of(to, from, weight, bias));
    }

    void multiply() {
      if (direct != null) {
        direct.multiply();
      } else if (bias == null) {
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

    /** Two parts, of which the first, whose computation begins at once, is the larger. */
    Part[] halves() {
      long second = first(1, 2, to.size(0), ROWS);
      long begin = to.size(0) - second;
      return new Part[] {rows(0, begin), rows(begin, second)};
    }

    Part[] divided(int among) {
      Part[] all = new Part[among];
      for (int i = 0; i < among; i++) {
        long begin = first(i, among, to.size(0), ROWS);
        all[i] = rows(begin, first(i + 1, among, to.size(0), ROWS) - begin);
      }
      return all;
    }

    /** So many rows of the same, of other numbers. */
    Part like(long count) {
      Tensor some = to.narrow(0, 0, count);
      return new Part(
          torch.empty_like(some),
          SameBits.like(from),
          SameBits.like(weight.narrow(0, 0, count)),
          bias == null ? null : SameBits.like(some));
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
    boolean isBrief =
        among <= 1
            && hands.mostBriefly() > 1
            && weight.numel() >= LEAST_BRIEFLY
            && weight.size(0) >= 2 * ROWS;
    if (isBrief) {
      return new OneRow(hands, true, whole, whole.halves());
    }
    return new OneRow(hands, false, whole, among > 1 ? whole.divided(among) : new Part[0]);
  }

  /**
   * Tries the first part, the second and the last, and of a large part as many rows as show how its
   * last ones are computed. Rows know nothing of each other, so that more would cost only memory.
   */
  private static boolean isSame(Part sizes, Part... parts) {
    long first = tried(parts[0]);
    long second = parts.length > 2 ? tried(parts[1]) : 0;
    long last = tried(parts[parts.length - 1]);
    Part whole = sizes.like(first + second + last);
    whole.multiply();
    Tensor expected = whole.to.clone();
    whole.to.zero_();
    whole.rows(0, first).multiply();
    if (second > 0) {
      whole.rows(first, second).multiply();
    }
    whole.rows(first + second, last).multiply();
    return torch.equal(expected, whole.to);
  }

  private static long tried(Part part) {
    long rows = part.to.size(0);
    return rows <= TRIED ? rows : TRIED + rows % CUT;
  }

  @Override
  void computeWhole() {
    whole.multiply();
  }

  @Override
  void computePart(int number) {
    parts[number].multiply();
  }
}
