package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Blas;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * A product of matrices as many small ones. Of large ones OpenBLAS copies all that it multiplies
 * into an order of its own, anew in each product; for small ones it has kernels that multiply them
 * as they lie, and are faster by what is copied if what they read is in the cache. Only a right
 * factor that lies the wrong way is turned beforehand.
 */
final class SmallProducts {
  /** So many multiplications and additions OpenBLAS takes for small. */
  static final long SMALL = 1_000_000;

  /** The most numbers of a right factor, which is read again for each of some rows. */
  private static final long LARGEST = 1_500_000;

  /** The most numbers of a result that is written again for each of some pieces of a sum. */
  private static final long LARGEST_SUM = 150_000;

  /** The kernels are not made for narrower matrices. */
  static final int NARROWEST = 32;

  /** Rows of the result at a time. */
  private static final int ROWS = 32;

  /** The longest sum at a time, and columns of the result. */
  static final int LENGTH = 384;

  static final int COLUMNS = 64;

  /** Where sums are short there may be more columns. */
  private static final int SHORT = 240;

  private static final int MORE_COLUMNS = 128;

  /** Where both factors lie by what is summed up: so much of that, rows and columns at a time. */
  static final int SUMMED = 256;

  static final int SUMMED_ROWS = 64;

  static final int SUMMED_COLUMNS = 32;

  /**
   * Of sums so long a right factor is multiplied as it lies where it lies turned: 110 to 112
   * GFLOP/s, against 95 of sums of 128, and 115 once it is turned.
   */
  private static final int LONG = 512;

  /** So much of a long sum at a time, and rows and columns: OpenBLAS takes no more for small. */
  private static final int LONG_AT_ONCE = 864;

  private static final int LONG_ROWS = 48;

  private static final int LONG_COLUMNS = 24;

  private final Matrix result;
  private final Matrix left;
  private final Matrix right;
  private final int rows;
  private final int columns;
  private final int length;

  /** Whether the result is that which was asked for, and not its rows for its columns. */
  private final boolean isUpright;

  private SmallProducts(Matrix result, Matrix left, Matrix right, boolean isUpright) {
    this.isUpright = isUpright;
    this.result = result;
    this.left = left;
    this.right = right;
    rows = result.rows();
    columns = result.columns();
    length = left.columns();
  }

  /**
   * A product as small ones.
   *
   * @param result (m, n)
   * @param left (m, k)
   * @param right (k, n)
   * @return null where libtorch is to do it, or to say why it cannot
   */
  static SmallProducts of(Matrix result, Matrix left, Matrix right) {
    if (!Matrix.agree(result, left, right)) {
      return null;
    }
    return result.isTurned()
        ? new SmallProducts(result.turned(), right.turned(), left.turned(), false)
        : new SmallProducts(result, left, right, true);
  }

  /** Whether it is faster than as a whole. */
  boolean pays() {
    if (Math.min(rows, Math.min(columns, length)) < NARROWEST
        || (long) rows * columns * length <= SMALL) {
      return false;
    }
    if (left.isTurned()) {
      return !right.isTurned() && result.size() <= (length <= SUMMED ? LARGEST : LARGEST_SUM);
    }
    return right.size() <= LARGEST;
  }

  /**
   * Whether each row of the result can begin as a bias.
   *
   * @return false where the caller has to write it, and then to have the product added
   */
  boolean takesBias() {
    return isUpright && !left.isTurned() && !isLong();
  }

  /**
   * Computes it.
   *
   * @param bias of each column; null where there is none
   * @param adds whether the product is added to what is there
   * @param factor of the product
   */
  void multiply(FloatPointer bias, boolean adds, float factor) {
    if (left.isTurned()) {
      sum(adds, factor);
    } else if (isLong()) {
      multiplyLong(adds, factor);
    } else if (right.isTurned()) {
      try (TensorOptions floats = torch.dtype(torch.ScalarType.Float);
          Tensor room = torch.empty(new long[] {right.size()}, floats, null)) {
        multiply(bias, adds, factor, room.data_ptr_float());
      }
    } else {
      multiply(bias, adds, factor, null);
    }
  }

  private void multiply(FloatPointer bias, boolean adds, float factor, FloatPointer room) {
    int width = width(columns, length);
    if (room != null) {
      turn(width, room);
    }
    for (int row = 0; row < rows; row += ROWS) {
      multiplyRows(row, Math.min(ROWS, rows - row), width, bias, adds, factor, room);
    }
  }

  /** Turns the right factor, so that the columns that are read together lie together. */
  private void turn(int width, FloatPointer room) {
    for (int column = 0; column < columns; column += width) {
      int some = Math.min(width, columns - column);
      Blas.turn(
          some,
          length,
          right.data().position((long) column * right.stride()),
          right.stride(),
          room.position((long) column * length));
    }
  }

  private void multiplyRows(
      int row,
      int height,
      int width,
      FloatPointer bias,
      boolean adds,
      float factor,
      FloatPointer room) {
    int depth = even(length, LENGTH);
    for (int column = 0; column < columns; column += width) {
      int some = Math.min(width, columns - column);
      if (bias != null) { // just before the product, while it is in the cache
        FloatPointer to = result.data().position((long) row * result.stride() + column);
        Blas.begin(height, some, 1, bias.position(column), to, result.stride());
      }
      for (int at = 0; at < length; at += depth) {
        FloatPointer factors =
            right.isTurned()
                ? room.position((long) column * length + (long) at * some)
                : right.data().position((long) at * right.stride() + column);
        Blas.multiply(
            false,
            false,
            height,
            some,
            Math.min(depth, length - at),
            factor,
            left.data().position((long) row * left.stride() + at),
            left.stride(),
            factors,
            right.isTurned() ? some : right.stride(),
            bias != null || adds || at > 0,
            result.data().position((long) row * result.stride() + column),
            result.stride());
      }
    }
  }

  private boolean isLong() {
    return right.isTurned() && length >= LONG;
  }

  /** Multiplies with a right factor that lies turned, as it lies. */
  private void multiplyLong(boolean adds, float factor) {
    int depth = even(length, LONG_AT_ONCE);
    int height = even(rows, LONG_ROWS);
    for (int at = 0; at < length; at += depth) {
      for (int row = 0; row < rows; row += height) {
        for (int column = 0; column < columns; column += LONG_COLUMNS) {
          Blas.multiply(
              false,
              true,
              Math.min(height, rows - row),
              Math.min(LONG_COLUMNS, columns - column),
              Math.min(depth, length - at),
              factor,
              left.data().position((long) row * left.stride() + at),
              left.stride(),
              right.data().position((long) column * right.stride() + at),
              right.stride(),
              adds || at > 0,
              result.data().position((long) row * result.stride() + column),
              result.stride());
        }
      }
    }
  }

  /** Sums over what both factors lie by: some of it for all of the result, then the next. */
  private void sum(boolean adds, float factor) {
    int depth = even(length, SUMMED);
    int height = even(rows, SUMMED_ROWS);
    int width = even(columns, SUMMED_COLUMNS);
    for (int at = 0; at < length; at += depth) {
      for (int row = 0; row < rows; row += height) {
        for (int column = 0; column < columns; column += width) {
          Blas.multiply(
              true,
              false,
              Math.min(height, rows - row),
              Math.min(width, columns - column),
              Math.min(depth, length - at),
              factor,
              left.data().position((long) at * left.stride() + row),
              left.stride(),
              right.data().position((long) at * right.stride() + column),
              right.stride(),
              adds || at > 0,
              result.data().position((long) row * result.stride() + column),
              result.stride());
        }
      }
    }
  }

  /** How many of so many columns are multiplied at a time. */
  static int width(int columns, int length) {
    return even(columns, length <= SHORT ? MORE_COLUMNS : COLUMNS);
  }

  /** Pieces of about one size, whole vectors long, but for the last. */
  static int even(int size, int most) {
    int pieces = (size + most - 1) / most;
    return Math.min(most, ((size + pieces - 1) / pieces + 15) / 16 * 16);
  }
}
