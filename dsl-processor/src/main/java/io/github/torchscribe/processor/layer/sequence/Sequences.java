package io.github.torchscribe.processor.layer.sequence;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** Inputs (N, L, E): L vectors of length E. */
final class Sequences {
  private Sequences() {}

  /** The shape that arrives, unless it is none of vectors in a row, which is reported. */
  static Shape check(Written written, Incoming incoming, Report report) {
    return Channels.of(written, incoming, List.of(2), "(N, L, E)", report);
  }

  /** The shape that arrives, unless it is none of indices in a row, which is reported. */
  static Shape ofIndices(Written written, Incoming incoming, Report report) {
    return Channels.of(written, incoming, List.of(1), "(N, L)", report);
  }
}
