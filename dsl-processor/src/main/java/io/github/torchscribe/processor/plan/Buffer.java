package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.tensor.Form;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Optional;

/**
 * A named tensor of a pass.
 *
 * @param name of the field
 * @param shape for one example
 * @param span its memory; empty for a network's input and what is only a view of one, and for
 *     gradients that come in memory of their own
 * @param form how values lie in it
 * @param given the network's input that it is, or is a view of
 */
public record Buffer(
    String name, Shape shape, Optional<Span> span, Form form, Optional<Given> given) {
  /** What the network computes. */
  Buffer(String name, Shape shape, Optional<Span> span, Form form) {
    this(name, shape, span, form, Optional.empty());
  }

  /**
   * An input of the network.
   *
   * @param field what it is called in a share
   * @param number its number, counted from 0
   * @param alone whether there is no other
   * @param shape of one example
   */
  public record Given(String field, int number, boolean alone, Shape shape) {}

  /**
   * Whether it is an input as it is given.
   *
   * @return false for a view of one
   */
  public boolean isInput() {
    return given.filter(input -> input.field().equals(name)).isPresent();
  }
}
