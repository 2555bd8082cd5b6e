package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Blas;

/**
 * The products of one head of attention, as such small ones that OpenBLAS multiplies them as they
 * lie. Where a query does not see the keys after it, some rows of scores at a time go as far as the
 * last of them sees, and each key is asked about by those queries alone that see it.
 */
final class HeadProducts {
  /**
   * Rows at a time where something is hidden. Of 64 places that leaves three quarters of the work;
   * with 16 rows it would be five eighths, in twice as many calls.
   */
  private static final int ROWS_THAT_SEE = 32;

  private static final int ROWS = 64;

  private static final int COLUMNS = 128;

  private final int queries;
  private final int keys;
  private final int width;
  private final boolean isCausal;
  private final int rows;
  private final int terms;

  /**
   * Products of heads of one size.
   *
   * @param queries L
   * @param keys S
   * @param width D
   * @param isCausal whether a query sees no key that is after it
   */
  HeadProducts(int queries, int keys, int width, boolean isCausal) {
    this.queries = queries;
    this.keys = keys;
    this.width = width;
    this.isCausal = isCausal;
    rows = isCausal ? ROWS_THAT_SEE : ROWS;
    terms = (int) SmallProducts.SMALL / rows / COLUMNS / 16 * 16;
  }

  /**
   * The product of what queries have and what keys have. Blocks that are hidden stay as they are.
   *
   * @param left (L, D)
   * @param turned (D, S)
   * @param factor of the product
   * @param adds whether it is added to what is there
   * @param scores (L, S), is written
   */
  void scores(HeadPlace left, HeadPlace turned, float factor, boolean adds, HeadPlace scores) {
    for (int row = 0; row < queries; row += rows) {
      int some = Math.min(rows, queries - row);
      int seen = seen(row + some);
      HeadPlace to = scores.from(row, 0);
      multiply(false, some, seen, width, factor, left.from(row, 0), turned, adds, to);
    }
  }

  /**
   * What queries get from keys.
   *
   * @param weights (L, S)
   * @param right (S, D)
   * @param factor of the product
   * @param result (L, D), is written
   */
  void ofQueries(HeadPlace weights, HeadPlace right, float factor, HeadPlace result) {
    for (int row = 0; row < queries; row += rows) {
      int some = Math.min(rows, queries - row);
      int seen = seen(row + some);
      HeadPlace from = weights.from(row, 0);
      multiply(false, some, width, seen, factor, from, right, false, result.from(row, 0));
    }
  }

  /**
   * What keys get from queries.
   *
   * @param weights (L, S)
   * @param right (L, D)
   * @param factor of the product
   * @param result (S, D), is written
   */
  void ofKeys(HeadPlace weights, HeadPlace right, float factor, HeadPlace result) {
    for (int key = 0; key < keys; key += rows) {
      int some = Math.min(rows, keys - key);
      int first = isCausal && key < queries ? key : 0; // of a key that nobody sees all are 0
      HeadPlace from = weights.from(first, key);
      HeadPlace by = right.from(first, 0);
      multiply(true, some, width, queries - first, factor, from, by, false, result.from(key, 0));
    }
  }

  private int seen(int query) {
    return isCausal ? Math.min(query, keys) : keys;
  }

  private void multiply(
      boolean turnsLeft,
      int height,
      int wide,
      int length,
      float factor,
      HeadPlace left,
      HeadPlace right,
      boolean adds,
      HeadPlace result) {
    for (int column = 0; column < wide; column += COLUMNS) {
      for (int term = 0; term < length; term += terms) {
        HeadPlace of = turnsLeft ? left.from(term, 0) : left.from(0, term);
        Blas.multiply(
            turnsLeft,
            false,
            height,
            Math.min(COLUMNS, wide - column),
            Math.min(terms, length - term),
            factor,
            of.pointer(),
            of.stride(),
            right.from(term, column).pointer(),
            right.stride(),
            adds || term > 0,
            result.from(0, column).pointer(),
            result.stride());
      }
    }
  }
}
