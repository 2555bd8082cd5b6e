package io.github.torchscribe.processor.layer;

/**
 * What a layer's backward reads beside the gradient of its output. What is read is kept: an input
 * or output that backward reads is not overwritten by a layer that works in place.
 *
 * @param input what arrived in the forward pass
 * @param output what the layer gave in the forward pass
 * @param gradientRows the gradient of the output also as a matrix; then it has a place in the pass'
 *     memory, and no operation brings it in memory of its own
 * @param gradientOfAllRows that matrix also when all rows of the batch are there: the gradients of
 *     parameters are products with it
 */
public record BackwardReads(
    boolean input, boolean output, boolean gradientRows, boolean gradientOfAllRows) {
  /** The gradient of the output alone. */
  public static final BackwardReads NOTHING = new BackwardReads(false, false, false, false);

  /** What arrived. */
  public static final BackwardReads INPUT = new BackwardReads(true, false, false, false);

  /** What the layer gave. */
  public static final BackwardReads OUTPUT = new BackwardReads(false, true, false, false);

  /**
   * The gradient of the output as a matrix, too.
   *
   * @return for layers that say {@code outputGradientRows}
   */
  public BackwardReads andGradientRows() {
    return new BackwardReads(input, output, true, gradientOfAllRows);
  }

  /**
   * That matrix, too, over all rows of the batch.
   *
   * @return for layers that say {@code productGradient}
   */
  public BackwardReads andGradientOfAllRows() {
    return new BackwardReads(input, output, true, true);
  }
}
