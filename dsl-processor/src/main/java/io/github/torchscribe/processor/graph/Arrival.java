package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.tensor.Shape;

/**
 * A value where it arrives.
 *
 * @param value whose shape, after an error, may be known in part
 * @param from who gave it that shape, for messages
 * @param raw whether it is the network's own input, which may be indices
 * @param missing whether nobody knows what it was to be, so that nobody knows how it is read
 * @param padding what is known of which of its places are padding
 */
record Arrival(Value value, String from, boolean raw, boolean missing, Padding padding) {
  /** What is there. */
  Arrival(Value value, String from, boolean raw) {
    this(value, from, raw, false, Padding.NONE);
  }

  /** The network's input. */
  static Arrival input(Incoming incoming) {
    return new Arrival(Value.input(incoming.shape()), incoming.from(), incoming.raw());
  }

  /** What is not there, for a reason that has been reported. */
  static Arrival missing(String from) {
    return new Arrival(Value.input(Shape.ANY), from, true, true, Padding.NONE);
  }

  /** The same as if it had another shape, for what was written for that. */
  Arrival as(Shape shape, String says) {
    return new Arrival(new Value(value.path(), shape), says, raw, missing, padding);
  }

  /** The same where messages call it otherwise. */
  Arrival named(String name) {
    return new Arrival(value, name, raw, missing, padding);
  }

  /** The same, with what is known of its padding. */
  Arrival with(Padding known) {
    return new Arrival(value, from, raw, missing, known);
  }

  /** What layers are told of it. */
  Incoming incoming() {
    return new Incoming(value.shape(), from, raw);
  }
}
