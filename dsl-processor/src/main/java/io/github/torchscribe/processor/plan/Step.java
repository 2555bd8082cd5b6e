package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Node;
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
public record Step(
    Node node,
    Buffer input,
    Buffer output,
    Optional<Buffer> inputGradient,
    Optional<Buffer> outputGradient,
    Optional<Buffer> skipped,
    Optional<Buffer> skippedGradient) {

  /**
   * Whether the output overwrites the input.
   *
   * @return true when they are one buffer
   */
  public boolean inPlace() {
    return input.equals(output);
  }
}
