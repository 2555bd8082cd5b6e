package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @GRU}: gated recurrent unit. */
public final class GruLayer extends Recurrent {
  private static final long GATES = 3;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public GruLayer(Written written, Report report) {
    super(written, report, "gru", GATES);
  }
}
