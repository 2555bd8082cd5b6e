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
 */
public record Step(
    Node node,
    Buffer input,
    Buffer output,
    Optional<Buffer> inputGradient,
    Optional<Buffer> outputGradient) {

  /**
   * Whether the output overwrites the input.
   *
   * @return true when they are one buffer
   */
  public boolean inPlace() {
    return input.equals(output);
  }
}
