package io.github.torchscribe.processor.layer.sequence;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @GRU}: gated recurrent unit. */
final class GruLayer extends Recurrent {
  private static final long GATES = 3;

  GruLayer(Written written, Report report) {
    super(written, report, "GRU", GATES, 1);
  }
}
