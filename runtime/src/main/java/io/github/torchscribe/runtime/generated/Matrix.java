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
  /**
   * Looks where a tensor lies.
   *
   * @param tensor of two dimensions
   * @return null where neither rows nor columns lie as they are
   */
  static Matrix of(Tensor tensor) {
    return of(tensor, 0);
  }

  /**
   * Looks where the first of several matrices lies.
   *
   * @param tensor of three dimensions
   * @return null where neither rows nor columns lie as they are
   */
  static Matrix ofFirst(Tensor tensor) {
    return of(tensor, 1);
  }

  private static Matrix of(Tensor tensor, int dimension) {
    long next = tensor.stride(dimension + 1);
    boolean isTurned = next != 1;
    if (isTurned && tensor.stride(dimension) != 1) {
      return null;
    }
    return new Matrix(
        tensor.data_ptr_float(),
        Math.toIntExact(tensor.size(dimension)),
        Math.toIntExact(tensor.size(dimension + 1)),
        Math.toIntExact(isTurned ? next : tensor.stride(dimension)),
        isTurned);
  }

  /** The same memory, rows for columns. */
  Matrix turned() {
    return new Matrix(data, columns, rows, stride, !isTurned);
  }

  long size() {
    return (long) rows * columns;
  }
}
