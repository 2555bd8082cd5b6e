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
 * @param turned how many rows of an example a product writes or reads, where these lie one feature
 *     after the other when they are few; 0 where they never do
 */
public record Buffer(
    String name, Shape shape, Optional<Span> span, Form form, Optional<Given> given, long turned) {
  /** What the network computes. */
  Buffer(String name, Shape shape, Optional<Span> span, Form form) {
    this(name, shape, span, form, 0);
  }

  /** What the network computes, and may lie one feature after the other. */
  Buffer(String name, Shape shape, Optional<Span> span, Form form, long turned) {
    this(name, shape, span, form, Optional.empty(), turned);
  }

  /** An input of the network, or a view of something. */
  Buffer(String name, Shape shape, Optional<Span> span, Form form, Optional<Given> given) {
    this(name, shape, span, form, given, 0);
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
   * Whether values lie one feature after the other when there are few rows.
   *
   * @return true for what only products and the like write and read
   */
  public boolean isTurned() {
    return turned > 0;
  }

  /**
   * Whether what is there comes in memory of its own while training.
   *
   * @return true for what has a place in evaluations and predictions alone
   */
  public boolean isBrought() {
    return span.filter(Span::isBrought).isPresent();
  }

  /**
   * Whether it is an input as it is given.
   *
   * @return false for a view of one
   */
  public boolean isInput() {
    return given.filter(input -> input.field().equals(name)).isPresent();
  }
}
