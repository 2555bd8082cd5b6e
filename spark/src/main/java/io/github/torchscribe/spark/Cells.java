package io.github.torchscribe.spark;

import java.io.Serializable;

/**
 * Takes the numbers out of one kind of row.
 *
 * @param <R> the kind
 */
interface Cells<R> extends Serializable {
  /** Whether nothing stands in a column. */
  boolean isNull(R row, Cell cell);

  /** The only number of a column, where it is a whole one. */
  long whole(R row, Cell cell);

  /** The only number of a column, where it is none. */
  double real(R row, Cell cell);

  /**
   * All numbers of a column.
   *
   * @return an array of primitive numbers: float, double, int, long, short or byte; booleans are
   *     bytes
   * @throws NullElement when one of them is missing
   */
  Object all(R row, Cell cell);

  /** One of a column's numbers is missing. */
  final class NullElement extends RuntimeException {
    private static final long serialVersionUID = 1;

    NullElement(int index) {
      super("has nothing at " + index + ", counted from 0");
    }
  }
}
