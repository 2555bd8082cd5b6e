package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.Optional;

/** Inputs (N, L, E): L vectors of length E. */
final class Sequences {
  private Sequences() {}

  /** The shape that arrives, unless it is none of vectors in a row, which is reported. */
  static Optional<Shape> check(Written written, Incoming incoming, Report report) {
    Optional<Shape> shape = incoming.shape();
    if (shape.isPresent() && shape.get().rank() != 2) {
      report.say(
          Message.WRONG_RANK,
          written.at(),
          written.name(),
          "(N, L, E)",
          incoming.from(),
          shape.get());
      return Optional.empty();
    }
    return shape;
  }
}
