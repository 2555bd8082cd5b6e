package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.tensor.Shape;

/**
 * A value where it arrives.
 *
 * @param value whose shape, after an error, may be known in part
 * @param from who gave it that shape, for messages
 * @param raw whether it is the network's own input, which may be indices
 */
record Arrival(Value value, String from, boolean raw) {
  /** The network's input. */
  static Arrival input(Incoming incoming) {
    return new Arrival(Value.input(incoming.shape()), incoming.from(), incoming.raw());
  }

  /** The same as if it had another shape, for what was written for that. */
  Arrival as(Shape shape, String says) {
    return new Arrival(new Value(value.path(), shape), says, raw);
  }

  /** The same where messages call it otherwise. */
  Arrival named(String name) {
    return new Arrival(value, name, raw);
  }

  /** What layers are told of it. */
  Incoming incoming() {
    return new Incoming(value.shape(), from, raw);
  }
}
