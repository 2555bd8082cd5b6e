package io.github.torchscribe.runtime.generated;

import java.util.List;

/**
 * A product of what a layer reads with a weight, and those that gradients come from.
 *
 * @param rows for each example
 * @param features of the result
 * @param width features of what it reads
 * @param isFirst whether nobody asks for the gradient of what it reads
 */
record Product(long rows, long features, long width, boolean isFirst) {
  /** What the weights of products are called; a recurrent layer's are called otherwise. */
  static final List<String> NAMES = List.of(".weight", ".in_proj_weight", ".out_proj.weight");

  /** Multiplications of a product that several workers compute together. */
  static final long LEAST = 1_000_000;

  /** Forward, backward and the gradient of the weight. */
  Load step(Division way, long examples) {
    long share = rows * ((examples + way.shares() - 1) / way.shares());
    Load load = withWeight(way, share, features, width);
    if (!isFirst) {
      load = load.and(withWeight(way, share, width, features));
    }
    return load.and(rows > 1 ? gradientOfShares(way, share) : gradient(way, examples));
  }

  /** A product (height, depth) · (depth, width), of which the right factor is the weight. */
  private static Load withWeight(Division way, long height, long width, long depth) {
    Grid grid = grid(way, height, width, depth);
    double of = (double) height / grid.rows();
    double by = (double) width / grid.columns();
    return new Load(of * by * depth, by * depth, of * depth, 0, grid.parts() > 1 ? 1 : 0);
  }

  /** The gradient of the worker's rows of the weight, from all rows of the batch. */
  private Load gradient(Division way, long examples) {
    double part = (double) features / way.workers();
    return new Load(examples * part * width, 0, examples * (part + width), 0, 0);
  }

  /** The gradient from the rows of a share, and then the worker's part of the sum of all shares. */
  private Load gradientOfShares(Division way, long share) {
    Grid grid = grid(way, features, width, share);
    double of = (double) features / grid.rows();
    double by = (double) width / grid.columns();
    double sums = (double) way.shares() * features * width / way.workers();
    return new Load(of * by * share, 0, (of + by) * share + sums, 0, grid.parts() > 1 ? 1 : 0);
  }

  private static Grid grid(Division way, long height, long width, long depth) {
    return height * width * depth < LEAST ? new Grid(1, 1) : Grid.of(height, width, way.each());
  }
}
