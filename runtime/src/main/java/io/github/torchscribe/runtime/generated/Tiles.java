package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Arena;
import org.bytedeco.pytorch.Tensor;

/**
 * A product in parts, each of which a worker computes for itself. Views of what stays where it is
 * are made once; what is another tensor each time, such as a batch's input, has views made by who
 * computes the part.
 */
final class Tiles implements AutoCloseable {
  private final Tensor result;
  private final Grid grid;
  private final Tensor[] results;
  private final Tensor[] shifts;
  private final Tensor[] lefts;
  private final Tensor[] rights;
  private final Tensor knownShift;
  private final Tensor knownLeft;
  private final Tensor knownRight;
  private final Arena views;
  private Tensor shift;
  private Tensor left;
  private Tensor right;

  /**
   * Makes the views.
   *
   * @param result (m, n)
   * @param shift (n), or null
   * @param left (m, k)
   * @param right (k, n)
   */
  Tiles(Grid grid, Tensor result, Tensor shift, Tensor left, Tensor right) {
    this.grid = grid;
    this.result = result;
    knownShift = shift;
    knownLeft = left;
    knownRight = right;
    results = new Tensor[grid.parts()];
    shifts = new Tensor[grid.columns()];
    lefts = new Tensor[grid.rows()];
    rights = new Tensor[grid.columns()];
    views = Arena.filledBy(this::makeViews);
  }

  private void makeViews() {
    for (int row = 0; row < grid.rows(); row++) {
      lefts[row] = rows(knownLeft, row);
    }
    for (int column = 0; column < grid.columns(); column++) {
      rights[column] = columns(knownRight, 1, column);
      shifts[column] = knownShift == null ? null : columns(knownShift, 0, column);
    }
    for (int i = 0; i < results.length; i++) {
      results[i] = columns(rows(result, i / grid.columns()), 1, i % grid.columns());
    }
  }

  private Tensor rows(Tensor matrix, int part) {
    return narrow(matrix, 0, part, grid.rows());
  }

  private Tensor columns(Tensor some, int dimension, int part) {
    return narrow(some, dimension, part, grid.columns());
  }

  private static Tensor narrow(Tensor some, int dimension, int part, int parts) {
    if (parts == 1) {
      return some;
    }
    long size = some.size(dimension);
    long begin = Grid.boundary(part, parts, size);
    return some.narrow(dimension, begin, Grid.boundary(part + 1, parts, size) - begin);
  }

  int parts() {
    return grid.parts();
  }

  /** What is to be multiplied now. */
  void take(Tensor someShift, Tensor someLeft, Tensor someRight) {
    shift = someShift;
    left = someLeft;
    right = someRight;
  }

  /** Computes a part. */
  void compute(int part) {
    int row = part / grid.columns();
    int column = part % grid.columns();
    Tensor of = left == knownLeft ? lefts[row] : rows(left, row);
    Tensor by = right == knownRight ? rights[column] : columns(right, 1, column);
    Tensor plus = null;
    if (shift != null) {
      plus = shift == knownShift ? shifts[column] : columns(shift, 0, column);
    }
    SmallOrWhole.multiply(results[part], plus, of, by);
  }

  @Override
  public void close() {
    views.close();
  }
}
