package io.github.torchscribe.runtime.process;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_full;

/**
 * OpenBLAS' own functions, without libtorch's calls around them, for matrices whose rows lie one
 * after the other. They begin where a pointer's position is. Who calls them has seen to it that
 * OpenBLAS has one thread ({@link Pools}).
 */
public final class Blas {
  private static final int BY_ROWS = openblas_full.CblasRowMajor;
  private static final int AS_IT_IS = openblas_full.CblasNoTrans;
  private static final int TURNED = openblas_full.CblasTrans;

  /** How many rows are begun at a time. */
  private static final int MOST_ROWS = 64;

  private static final FloatPointer ONES = ones();

  private Blas() {}

  /**
   * A product of two matrices.
   *
   * @param turnsLeft whether the left one lies one column after the other
   * @param turnsRight whether the right one does
   * @param rows of the result
   * @param columns of the result
   * @param terms of each sum
   * @param factor of the product
   * @param left (rows, terms)
   * @param leftStride from one row, or column, to the next
   * @param right (terms, columns)
   * @param rightStride from one row, or column, to the next
   * @param adds whether it is added to what is there
   * @param result (rows, columns)
   * @param stride from one row to the next
   */
  public static void multiply(
      boolean turnsLeft,
      boolean turnsRight,
      int rows,
      int columns,
      int terms,
      float factor,
      FloatPointer left,
      int leftStride,
      FloatPointer right,
      int rightStride,
      boolean adds,
      FloatPointer result,
      int stride) {
    openblas_full.cblas_sgemm(
        BY_ROWS,
        turnsLeft ? TURNED : AS_IT_IS,
        turnsRight ? TURNED : AS_IT_IS,
        rows,
        columns,
        terms,
        factor,
        left,
        leftStride,
        right,
        rightStride,
        adds ? 1 : 0,
        result,
        stride);
  }

  /**
   * Adds a product of a matrix and a vector to what is there.
   *
   * @param rows of the matrix
   * @param columns of the matrix
   * @param matrix (rows, columns)
   * @param stride from one row to the next
   * @param vector (columns)
   * @param result (rows)
   */
  public static void addProduct(
      int rows,
      int columns,
      FloatPointer matrix,
      int stride,
      FloatPointer vector,
      FloatPointer result) {
    openblas_full.cblas_sgemv(
        BY_ROWS, AS_IT_IS, rows, columns, 1, matrix, stride, vector, 1, 1, result, 1);
  }

  /**
   * Writes a matrix with its rows for columns.
   *
   * @param rows of what is read
   * @param columns of what is read
   * @param from (rows, columns)
   * @param stride from one row to the next
   * @param to (columns, rows), one row right after the other
   */
  public static void turn(int rows, int columns, FloatPointer from, int stride, FloatPointer to) {
    openblas_full.cblas_somatcopy(BY_ROWS, TURNED, rows, columns, 1, from, stride, to, rows);
  }

  /**
   * Looks at some numbers, so that they, and what lies around them, are on their way from memory.
   *
   * @param count how many
   * @param numbers the first
   * @param step from one to the next
   */
  public static void look(int count, FloatPointer numbers, int step) {
    openblas_full.cblas_sasum(count, numbers, step);
  }

  /**
   * Copies numbers that lie one after the other.
   *
   * @param count how many there are
   * @param from where they are
   * @param to where they go
   */
  public static void copy(int count, FloatPointer from, FloatPointer to) {
    openblas_full.cblas_scopy(count, from, 1, to, 1);
  }

  /**
   * Adds numbers that lie one after the other to others.
   *
   * @param count how many there are
   * @param from where they are
   * @param to what they are added to
   */
  public static void add(int count, FloatPointer from, FloatPointer to) {
    openblas_full.cblas_saxpy(count, 1, from, 1, to, 1);
  }

  /**
   * Copies a matrix.
   *
   * @param rows how many there are
   * @param columns of each
   * @param from the first
   * @param fromStride from one row to the next
   * @param to where it goes
   * @param toStride from one row to the next
   */
  public static void copy(
      int rows, int columns, FloatPointer from, int fromStride, FloatPointer to, int toStride) {
    openblas_full.cblas_somatcopy(
        BY_ROWS, AS_IT_IS, rows, columns, 1, from, fromStride, to, toStride);
  }

  /**
   * Writes rows that are all the same.
   *
   * @param rows how many
   * @param columns of each
   * @param factor of the row
   * @param row what each is
   * @param to where they go
   * @param stride from one row to the next
   */
  public static void begin(
      int rows, int columns, float factor, FloatPointer row, FloatPointer to, int stride) {
    long first = to.position();
    for (int at = 0; at < rows; at += MOST_ROWS) {
      int some = Math.min(MOST_ROWS, rows - at);
      FloatPointer part = to.position(first + (long) at * stride);
      multiply(false, false, some, columns, 1, factor, ONES, 1, row, columns, false, part, stride);
    }
  }

  private static FloatPointer ones() {
    float[] ones = new float[MOST_ROWS];
    Arrays.fill(ones, 1);
    return Forever.kept(new FloatPointer(ones));
  }
}
