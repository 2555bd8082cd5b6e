package io.github.torchscribe.runtime.generated;

/**
 * What a worker does in a step, in numbers: each a count of one for one of the batch, or of the
 * weights.
 *
 * @param multiplications each with an addition
 * @param weights that it reads and BLAS copies
 * @param activations that it reads and BLAS copies
 * @param elements of results that are no products, forward and backward
 * @param meetings with others on its way through the network
 */
record Load(
    double multiplications, double weights, double activations, double elements, int meetings) {
  // What takes how long on one core, in nanoseconds, as docs/speed.md has it. Where there is a
  // choice one way takes several times as long as another: other cores are not so different.
  private static final double MULTIPLICATION = 0.02;
  private static final double WEIGHT = 1;
  private static final double ACTIVATION = 0.25;
  private static final double ELEMENT = 0.5;
  private static final double MEETING = 10_000;

  Load and(Load other) {
    return new Load(
        multiplications + other.multiplications,
        weights + other.weights,
        activations + other.activations,
        elements + other.elements,
        meetings + other.meetings);
  }

  /** What it takes, about. */
  double nanos() {
    return MULTIPLICATION * multiplications
        + WEIGHT * weights
        + ACTIVATION * activations
        + ELEMENT * elements
        + MEETING * meetings;
  }
}
