package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.Optional;

/**
 * A value where it arrives.
 *
 * @param value whose shape, after an error, may be known in part
 * @param from who gave it that shape, for messages
 * @param port which of the network's own inputs it is, which may be indices
 * @param missing whether nobody knows what it was to be, so that nobody knows how it is read
 * @param padding what is known of which of its places are padding
 */
record Arrival(Value value, String from, Optional<String> port, boolean missing, Padding padding) {
  /** What a layer gives. */
  Arrival(Value value, String from) {
    this(value, from, Optional.empty(), false, Padding.NONE);
  }

  /** The network's only input. */
  static Arrival input(Shape shape, String from) {
    return new Arrival(Value.input(shape), from, Optional.of(Value.INPUT), false, Padding.NONE);
  }

  /** One of several inputs. */
  static Arrival input(String name, Shape shape) {
    return new Arrival(
        Value.input(name, shape), "the input " + name, Optional.of(name), false, Padding.NONE);
  }

  /** What is not there, for a reason that has been reported. */
  static Arrival missing(String from) {
    return new Arrival(Value.input(Shape.ANY), from, Optional.of(Value.INPUT), true, Padding.NONE);
  }

  /** The same as if it had another shape, for what was written for that. */
  Arrival as(Shape shape, String says) {
    return new Arrival(new Value(value.path(), shape), says, port, missing, padding);
  }

  /** The same where messages call it otherwise. */
  Arrival named(String name) {
    return new Arrival(value, name, port, missing, padding);
  }

  /** The same, with what is known of its padding. */
  Arrival with(Padding known) {
    return new Arrival(value, from, port, missing, known);
  }

  /** What layers are told of it. */
  Incoming incoming() {
    return new Incoming(value.shape(), from, port.isPresent());
  }
}
