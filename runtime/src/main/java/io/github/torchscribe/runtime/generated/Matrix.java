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
    long next = tensor.stride(1);
    boolean isTurned = next != 1;
    if (isTurned && tensor.stride(0) != 1) {
      return null;
    }
    return new Matrix(
        tensor.data_ptr_float(),
        Math.toIntExact(tensor.size(0)),
        Math.toIntExact(tensor.size(1)),
        Math.toIntExact(isTurned ? next : tensor.stride(0)),
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
