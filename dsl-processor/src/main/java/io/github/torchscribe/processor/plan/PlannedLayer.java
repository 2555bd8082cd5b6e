package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.tensor.Form;
import java.util.Optional;

/**
 * A layer with the places of what it reads and writes.
 *
 * @param node the layer
 * @param input what it reads
 * @param output what it writes; the same as the input when it works in place
 * @param inputGradient what backward writes; empty where no parameter lies before
 * @param outputGradient what backward reads; empty where backward has nothing to do
 * @param skipped what went past, where it is joined
 * @param skippedGradient of what goes past, where a layer has to care for it
 */
public record PlannedLayer(
    Node node,
    Buffer input,
    Buffer output,
    Optional<Buffer> inputGradient,
    Optional<Buffer> outputGradient,
    Optional<Buffer> skipped,
    Optional<Buffer> skippedGradient) {

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

  static boolean productsComeInPieces(Node node, Form output) {
    return node.output().rank() > 1 && !output.isLowered();
  }

  /**
   * Whether the output overwrites the input.
   *
   * @return true when they are one buffer
   */
  public boolean inPlace() {
    return input.equals(output);
  }
}
