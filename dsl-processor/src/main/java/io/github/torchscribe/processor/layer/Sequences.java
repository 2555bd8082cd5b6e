package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** Inputs (N, L, E): L vectors of length E. */
final class Sequences {
  private Sequences() {}

  /** The shape that arrives, unless it is none of vectors in a row, which is reported. */
  static Shape check(Written written, Incoming incoming, Report report) {
    return Channels.of(written, incoming, List.of(2), "(N, L, E)", report);
  }

  /** Says when a stated number of features is not the one that arrives. */
  static void agree(Written written, long stated, Shape input, Incoming incoming, Report report) {
    long actual = input.last();
    if (!Shape.same(stated, actual)) {
      report.say(
          Message.FEATURES_DIFFER,
          written.at("value", 0),
          written.name(),
          stated,
          actual,
          incoming.from(),
          actual);
    }
  }
}
