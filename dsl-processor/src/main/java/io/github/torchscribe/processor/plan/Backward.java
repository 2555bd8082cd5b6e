package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Value;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What backward of a layer reads and writes.
 *
 * @param outputGradient what it reads; empty where it has nothing to do
 * @param inputGradients what it writes for each value that the layer reads; empty where no
 *     parameter lies before that
 * @param sums what is added up when the layer's own steps are done: a value that several layers
 *     read gets the sum of what they give
 */
public record Backward(
    Optional<Buffer> outputGradient, List<Optional<Buffer>> inputGradients, List<Sum> sums) {
  /**
   * Two gradients become one.
   *
   * @param of the value whose gradient it is
   * @param to where it goes: the place of the first, or another
   * @param first what is in place already, where that is the place of both
   * @param second what is added
   */
  public record Sum(Value of, Buffer to, Buffer first, Buffer second) {}

  /** For a layer that has none. */
  static Backward none(int inputs) {
    return new Backward(Optional.empty(), Collections.nCopies(inputs, Optional.empty()), List.of());
  }
}
