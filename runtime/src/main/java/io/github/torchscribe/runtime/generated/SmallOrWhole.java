package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Pools;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A product of tensors, the faster way: as many small ones, or as a whole by libtorch. It is also
 * libtorch who says what is wrong with one that cannot be.
 */
final class SmallOrWhole {
  private SmallOrWhole() {}

  /**
   * Computes a product.
   *
   * @param result (m, n), is written
   * @param shift (n), is added; null where there is none
   * @param left (m, k)
   * @param right (k, n)
   */
  static void multiply(Tensor result, Tensor shift, Tensor left, Tensor right) {
    multiply(faster(result, left, right), result, shift, left, right);
  }

  /**
   * Computes a part of a product the way that was found for the whole. A part for itself might go
   * the other, which adds up in another order.
   *
   * @param areSmall what {@link #areSmall} says of the whole
   * @param result (m, n), is written
   * @param shift (n), is added; null where there is none
   * @param left (m, k)
   * @param right (k, n)
   */
  static void multiplyPart(
      boolean areSmall, Tensor result, Tensor shift, Tensor left, Tensor right) {
    multiply(areSmall ? small(result, left, right) : null, result, shift, left, right);
  }

  /** Whether a product goes as many small ones. */
  static boolean areSmall(Tensor result, Tensor left, Tensor right) {
    return faster(result, left, right) != null;
  }

  private static void multiply(
      SmallProducts some, Tensor result, Tensor shift, Tensor left, Tensor right) {
    if (some == null) {
      if (shift == null) {
        torch.mm_out(result, left, right);
      } else {
        torch.addmm_out(result, shift, left, right);
      }
    } else if (shift == null || some.takesBias() && isForEachColumn(shift, result)) {
      some.multiply(shift == null ? null : shift.data_ptr_float(), false, 1);
    } else {
      result.copy_(shift);
      some.multiply(null, true, 1);
    }
  }

  private static boolean isForEachColumn(Tensor shift, Tensor result) {
    return shift.is_contiguous() && shift.is_cpu() && shift.numel() == result.size(1);
  }

  /**
   * Adds a product to what is there.
   *
   * @param result (m, n)
   * @param left (m, k)
   * @param right (k, n)
   * @param factor of the product
   * @return false where libtorch is to do it
   */
  static boolean add(Tensor result, Tensor left, Tensor right, Scalar factor) {
    SmallProducts some = faster(result, left, right);
    if (some != null) {
      some.multiply(null, true, factor.toFloat());
    }
    return some != null;
  }

  private static SmallProducts faster(Tensor result, Tensor left, Tensor right) {
    if (result.size(0) < SmallProducts.NARROWEST || !mayBe(result)) {
      return null;
    }
    SmallProducts some = small(result, left, right);
    return some != null && some.pays() ? some : null;
  }

  private static SmallProducts small(Tensor result, Tensor left, Tensor right) {
    return SmallProducts.of(Matrix.of(result), Matrix.of(left), Matrix.of(right));
  }

  /**
   * Whether OpenBLAS has kernels for small products of such numbers, and one thread: several divide
   * a whole product, but no small one.
   */
  static boolean mayBe(Tensor result) {
    return result.is_cpu()
        && result.element_size() == Float.BYTES
        && Kernels.ARE_THERE
        && Pools.openBlas() == 1;
  }

  /** Asked once; not before there are products. */
  private static final class Kernels {
    static final boolean ARE_THERE = Pools.multipliesSmall();

    private Kernels() {}
  }
}
