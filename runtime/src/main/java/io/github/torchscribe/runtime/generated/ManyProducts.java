package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Blas;
import io.github.torchscribe.runtime.process.Hands;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Products of many small matrices, as attention has one for each head of each example. libtorch
 * makes three views for each, and OpenBLAS reads a right factor that lies the wrong way at two
 * thirds of its speed; to turn that takes a twentieth of the product.
 */
final class ManyProducts {
  /** What a thread has to do at least, in multiplications: some five microseconds. */
  private static final long LEAST_WORK = 400_000;

  /** Of narrower matrices it is not known. */
  private static final int NARROWEST = 16;

  private final Matrix result;
  private final Matrix left;
  private final Matrix right;
  private final long resultStep;
  private final long leftStep;
  private final long rightStep;
  private final long count;

  private ManyProducts(
      Matrix result,
      long resultStep,
      Matrix left,
      long leftStep,
      Matrix right,
      long rightStep,
      long count) {
    this.result = result;
    this.resultStep = resultStep;
    this.left = left;
    this.leftStep = leftStep;
    this.right = right;
    this.rightStep = rightStep;
    this.count = count;
  }

  /**
   * Computes products: one by one, where that is faster, else libtorch does.
   *
   * @param hands who does; null for the calling thread alone
   * @param result (b, m, n), is written
   * @param shift is spread to that and added; null where there is none
   * @param left (b, m, k)
   * @param right (b, k, n)
   */
  static void multiply(Hands hands, Tensor result, Tensor shift, Tensor left, Tensor right) {
    ManyProducts some = of(result, left, right);
    if (some != null) {
      if (shift != null) {
        result.copy_(shift);
      }
      some.multiply(hands, shift != null, 1);
    } else if (shift == null) {
      torch.bmm_out(result, left, right);
    } else {
      torch.baddbmm_out(result, shift, left, right);
    }
  }

  /**
   * Computes products with factors, and something that is added.
   *
   * @param hands who does; null for the calling thread alone
   * @param result (b, m, n), is written
   * @param added (b, m, n), or what is spread to that
   * @param left (b, m, k)
   * @param right (b, k, n)
   * @param ofAdded its factor
   * @param ofProducts the factor of the products
   */
  static void multiply(
      Hands hands,
      Tensor result,
      Tensor added,
      Tensor left,
      Tensor right,
      Scalar ofAdded,
      Scalar ofProducts) {
    float factor = ofAdded.toFloat();
    ManyProducts some = factor == 0 || factor == 1 ? of(result, left, right) : null;
    if (some == null) {
      torch.baddbmm_out(result, added, left, right, ofAdded, ofProducts);
      return;
    }
    if (factor == 1 && result != added) {
      result.copy_(added);
    }
    some.multiply(hands, factor == 1, ofProducts.toFloat());
  }

  private static ManyProducts of(Tensor result, Tensor left, Tensor right) {
    if (!SmallOrWhole.mayBe(result)) {
      return null;
    }
    Matrix to = Matrix.ofFirst(result);
    Matrix from = Matrix.ofFirst(left);
    Matrix by = Matrix.ofFirst(right);
    long count = result.size(0);
    if (!Matrix.agree(to, from, by) || left.size(0) != count || right.size(0) != count) {
      return null;
    }
    ManyProducts some =
        to.isTurned()
            ? new ManyProducts(
                to.turned(),
                result.stride(0),
                by.turned(),
                right.stride(0),
                from.turned(),
                left.stride(0),
                count)
            : new ManyProducts(
                to, result.stride(0), from, left.stride(0), by, right.stride(0), count);
    return some.pays() ? some : null;
  }

  private boolean pays() {
    int narrowest = Math.min(Math.min(left.columns(), result.columns()), result.rows());
    boolean isSmall = result.size() * left.columns() <= SmallProducts.SMALL;
    return isSmall && narrowest >= NARROWEST && !(left.isTurned() && right.isTurned());
  }

  private void multiply(Hands hands, boolean adds, float factor) {
    long work = count * result.size() * left.columns();
    int among =
        hands == null ? 1 : (int) Math.min(hands.most(), Math.min(count, work / LEAST_WORK));
    if (among < 2) {
      multiply(adds, factor, 0, count);
    } else {
      hands.divide(
          among,
          part -> anew().multiply(adds, factor, part * count / among, (part + 1) * count / among));
    }
  }

  /** The same for another thread, which moves pointers of its own. */
  private ManyProducts anew() {
    return new ManyProducts(
        result.anew(), resultStep, left.anew(), leftStep, right.anew(), rightStep, count);
  }

  private void multiply(boolean adds, float factor, long begin, long end) {
    if (!right.isTurned()) {
      multiply(adds, factor, begin, end, null);
      return;
    }
    try (TensorOptions floats = torch.dtype(torch.ScalarType.Float);
        Tensor room = torch.empty(new long[] {right.size()}, floats, null)) {
      multiply(adds, factor, begin, end, room.data_ptr_float());
    }
  }

  private void multiply(boolean adds, float factor, long begin, long end, FloatPointer room) {
    for (long i = begin; i < end; i++) {
      FloatPointer by = right.data().position(i * rightStep);
      if (room != null) {
        Blas.turn(right.columns(), right.rows(), by, right.stride(), room);
      }
      Blas.multiply(
          left.isTurned(),
          false,
          result.rows(),
          result.columns(),
          left.columns(),
          factor,
          left.data().position(i * leftStep),
          left.stride(),
          room == null ? by : room,
          room == null ? right.stride() : right.columns(),
          adds,
          result.data().position(i * resultStep),
          result.stride());
    }
  }
}
