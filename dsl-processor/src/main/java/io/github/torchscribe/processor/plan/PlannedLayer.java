package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.tensor.Form;
import java.util.List;
import java.util.Optional;

/**
 * A layer with the places of what it reads and writes.
 *
 * @param index its position in forward, counted from 0
 * @param node the layer
 * @param inputs what it reads, in order
 * @param output what it writes; the same as the input when it works in place
 * @param backward what its backward reads and writes
 */
public record PlannedLayer(
    int index, Node node, List<Buffer> inputs, Buffer output, Backward backward) {

  /**
   * What it reads.
   *
   * @return the first value
   */
  public Buffer input() {
    return inputs.get(0);
  }

  /**
   * What backward reads.
   *
   * @return empty where backward has nothing to do
   */
  public Optional<Buffer> outputGradient() {
    return backward.outputGradient();
  }

  /**
   * What backward writes.
   *
   * @return of the first value; empty where no parameter lies before
   */
  public Optional<Buffer> inputGradient() {
    return backward.inputGradients().get(0);
  }

  /**
   * Whether the gradients of parameters that are products come from each share's rows, right when
   * both factors have been computed and are in the cache. Where an example has but one row, adding
   * up the shares' products costs more than one product over all rows, in backward's second phase.
   *
   * @return true for sequences and the like
   */
  public boolean productsComeInPieces() {
    return productsComeInPieces(node, output.form());
  }

  /** Whether its products come of all rows, when backward of all layers is done. */
  static boolean productsComeAtTheEnd(Node node, Form output) {
    return node.layer().backwardReads().gradientOfAllRows() && !productsComeInPieces(node, output);
  }

  private static boolean productsComeInPieces(Node node, Form output) {
    return node.output().rank() > 1 && !output.isLowered();
  }

  /**
   * Whether the output overwrites the input.
   *
   * @return true when they are one buffer
   */
  public boolean inPlace() {
    return input().equals(output);
  }
}
