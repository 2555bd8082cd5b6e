package io.github.torchscribe.runtime.generated;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Where a matrix of a head lies, row after row.
 *
 * @param data of many such matrices, or one
 * @param begin how far in it the matrix begins
 * @param stride from one row to the next
 */
record HeadPlace(FloatPointer data, long begin, int stride) {
  /** The part that begins with a row and a column. */
  HeadPlace from(long row, long column) {
    return new HeadPlace(data, begin + row * stride + column, stride);
  }

  /** For the next call: the pointer is moved there. */
  FloatPointer pointer() {
    return data.position(begin);
  }
}
