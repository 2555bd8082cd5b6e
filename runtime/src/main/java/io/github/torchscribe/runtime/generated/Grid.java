package io.github.torchscribe.runtime.generated;

/**
 * How the result of a product is divided into parts: so many times by rows, so many by columns.
 * BLAS copies for each part the rows of the left factor and the columns of the right one that it
 * needs; the fewer these are together, the better.
 *
 * @param rows into how many parts rows are divided
 * @param columns into how many parts columns are divided
 */
record Grid(int rows, int columns) {
  /** Wide parts begin where a cache line does: no two workers write to one. */
  private static final long LINE = 16;

  /**
   * The best for a result.
   *
   * @param height rows of the result
   * @param width columns of the result
   * @param most parts
   */
  static Grid of(long height, long width, int most) {
    Grid best = new Grid(1, 1);
    long fewest = Long.MAX_VALUE;
    for (int rows = 1; rows <= Math.min(most, height); rows++) {
      int columns = most / rows;
      long copied = (height + rows - 1) / rows + (width + columns - 1) / columns;
      if (most % rows == 0 && columns <= width && copied < fewest) {
        best = new Grid(rows, columns);
        fewest = copied;
      }
    }
    return best;
  }

  /** How many parts there are. */
  int parts() {
    return rows * columns;
  }

  /**
   * Where a part begins, and the one before ends.
   *
   * @param part its number along a side, up to and including how many there are
   * @param parts how many there are along the side
   * @param size of the side
   */
  static long boundary(int part, int parts, long size) {
    if (part == parts) {
      return size;
    }
    long even = part * size / parts;
    return size / parts < 2 * LINE ? even : even / LINE * LINE;
  }
}
