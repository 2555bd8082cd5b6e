package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Blas;
import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * A product x·Wᵀ + b with W turned beforehand ({@link TurnedWeights}), as many small ones. While
 * one is computed the next part of W is on its way from memory: it is looked at once in each page,
 * so that the processor knows where that lies and goes on from there by itself.
 */
final class TurnedProduct extends InParts {
  /** Smaller weights stay in the cache, where it does not matter how they lie. */
  private static final long FEWEST = 50_000;

  /** What a thread has to do at least, in multiplications: some twenty microseconds. */
  private static final long LEAST_WORK = 1_000_000;

  /** So many rows go through W together: for more it is read again, from the cache. */
  private static final int MOST_ROWS = 64;

  private static final int ROWS = 32;

  /** Numbers from one page of memory to the next. */
  private static final int PAGE = 4096 / Float.BYTES;

  private final Part whole;
  private final Part[] parts;

  private TurnedProduct(Hands hands, Part whole, Part... parts) {
    super(hands, parts.length);
    this.whole = whole;
    this.parts = parts;
  }

  /**
   * Some columns of the result, or all.
   *
   * @param result (rows, columns)
   * @param bias (columns), or null
   * @param from (rows, length)
   * @param weights those columns of Wᵀ, some of them at a time
   * @param width how many
   */
  private record Part(
      Matrix result, FloatPointer bias, Matrix from, FloatPointer weights, int width) {
    void multiply() {
      int rows = result.rows();
      int height = rows <= MOST_ROWS ? rows : ROWS;
      for (int row = 0; row < rows; row += height) {
        multiply(row, Math.min(height, rows - row), rows <= MOST_ROWS);
      }
    }

    private void multiply(int row, int height, boolean fetches) {
      int length = from.columns();
      int columns = result.columns();
      int most = (int) (SmallProducts.SMALL / ((long) height * width));
      int depth = SmallProducts.even(length, fetches ? most : Math.min(most, SmallProducts.LENGTH));
      for (int column = 0; column < columns; column += width) {
        int some = Math.min(width, columns - column);
        if (bias != null) { // rows begin as that just before they are computed
          FloatPointer to = at(result, row, column);
          Blas.begin(height, some, 1, bias.position(column), to, result.stride());
        }
        for (int at = 0; at < length; at += depth) {
          int terms = Math.min(depth, length - at);
          long place = (long) column * length + (long) at * some;
          if (fetches) {
            look(place + (long) terms * some, (long) terms * some);
          }
          Blas.multiply(
              false,
              false,
              height,
              some,
              terms,
              1,
              at(from, row, at),
              from.stride(),
              weights.position(place),
              some,
              bias != null || at > 0,
              at(result, row, column),
              result.stride());
        }
      }
    }

    /** Looks at what comes next, as far as there is something. */
    private void look(long place, long count) {
      long left = (long) result.columns() * from.columns() - place;
      Blas.look((int) (Math.min(left, count) / PAGE), weights.position(place), PAGE);
    }

    private static FloatPointer at(Matrix matrix, int row, int column) {
      return matrix.data().position((long) row * matrix.stride() + column);
    }

    Part columns(int begin, int end) {
      Matrix some =
          new Matrix(
              result.data().getPointer(begin), result.rows(), end - begin, result.stride(), false);
      return new Part(
          some,
          bias == null ? null : bias.getPointer(begin),
          from.anew(),
          weights.getPointer((long) begin * from.columns()),
          width);
    }
  }

  /** Whether it matters how a weight lies. */
  static boolean pays(Tensor weight) {
    return weight.numel() >= FEWEST
        && Math.min(weight.size(0), weight.size(1)) >= SmallProducts.NARROWEST;
  }

  /**
   * A product whose matrices stay where they are.
   *
   * @param hands who computes it
   * @param turned the model's weights
   * @param to (rows, features)
   * @param from (rows, length)
   * @param weight (features, length)
   * @param bias (features), or null
   * @return null where it is better computed in another way
   */
  static TurnedProduct of(
      Hands hands, TurnedWeights turned, Tensor to, Tensor from, Tensor weight, Tensor bias) {
    Matrix result = Matrix.of(to);
    Matrix factor = Matrix.of(from);
    Matrix weights = Matrix.of(weight.t());
    if (!Matrix.agree(result, factor, weights)
        || result.isTurned()
        || factor.isTurned()
        || weights.stride() != weights.rows()
        || bias != null && !bias.is_contiguous()) {
      return null;
    }
    int columns = weights.columns();
    int width = SmallProducts.width(columns, weights.rows());
    FloatPointer shift = bias == null ? null : bias.data_ptr_float();
    FloatPointer all = turned.of(weight, width);
    Part whole = new Part(result, shift, factor, all, width);
    int blocks = (columns + width - 1) / width;
    long most = Math.min((long) result.rows() * weight.numel() / LEAST_WORK, blocks);
    int among = (int) Math.min(hands.most(), most);
    Part[] parts = new Part[among > 1 ? among : 0];
    for (int i = 0; i < parts.length; i++) {
      int begin = i * blocks / among * width;
      parts[i] = whole.columns(begin, Math.min(columns, (i + 1) * blocks / among * width));
    }
    return new TurnedProduct(hands, whole, parts);
  }

  @Override
  boolean suits() {
    return Pools.openBlas() == 1;
  }

  @Override
  void computeWhole() {
    whole.multiply();
  }

  @Override
  void computePart(int number) {
    parts[number].multiply();
  }
}
