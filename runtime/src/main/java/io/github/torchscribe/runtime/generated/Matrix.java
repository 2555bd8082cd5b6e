package io.github.torchscribe.runtime.generated;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * Where a matrix of 32-bit floats lies.
 *
 * @param data its first number
 * @param rows how many there are
 * @param columns how many there are
 * @param stride from one row to the next, or, where it is turned, from one column to the next
 * @param isTurned whether it lies one column after the other
 */
record Matrix(FloatPointer data, int rows, int columns, int stride, boolean isTurned) {
  /** BLAS counts in 32 bits. */
  private static final long MOST = Integer.MAX_VALUE;

  /**
   * Looks where a tensor lies.
   *
   * @param tensor of two dimensions
   * @return null where BLAS cannot read or write it as it lies
   */
  static Matrix of(Tensor tensor) {
    return of(tensor, 0);
  }

  /**
   * Looks where the first of several matrices lies.
   *
   * @param tensor of three dimensions
   * @return null where BLAS cannot read or write it as it lies
   */
  static Matrix ofFirst(Tensor tensor) {
    return of(tensor, 1);
  }

  private static Matrix of(Tensor tensor, int dimension) {
    if (tensor.dim() != dimension + 2 || !tensor.is_cpu()) {
      return null;
    }
    long rows = tensor.size(dimension);
    long columns = tensor.size(dimension + 1);
    long next = tensor.stride(dimension + 1);
    boolean isTurned = next != 1;
    long stride = isTurned ? next : tensor.stride(dimension);
    boolean isPlain = !isTurned || tensor.stride(dimension) == 1;
    long width = isTurned ? rows : columns; // what is spread out lies closer than that
    if (!isPlain || stride < width || Math.max(stride, Math.max(rows, columns)) > MOST) {
      return null;
    }
    return new Matrix(tensor.data_ptr_float(), (int) rows, (int) columns, (int) stride, isTurned);
  }

  /**
   * Whether a product has the sizes of its result: BLAS is given addresses, and does not look.
   *
   * @param result or null
   * @param left or null
   * @param right or null
   * @return false where one is missing, too
   */
  static boolean agree(Matrix result, Matrix left, Matrix right) {
    return result != null
        && left != null
        && right != null
        && left.columns == right.rows
        && result.rows == left.rows
        && result.columns == right.columns;
  }

  /** The same for another thread, which moves a pointer of its own. */
  Matrix anew() {
    return new Matrix(new FloatPointer(data), rows, columns, stride, isTurned);
  }

  /** The same memory, rows for columns. */
  Matrix turned() {
    return new Matrix(data, columns, rows, stride, !isTurned);
  }

  long size() {
    return (long) rows * columns;
  }
}
