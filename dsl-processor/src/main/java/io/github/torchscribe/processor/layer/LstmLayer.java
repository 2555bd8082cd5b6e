package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @LSTM}: long short-term memory. */
public final class LstmLayer extends Recurrent {
  private static final long GATES = 4;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public LstmLayer(Written written, Report report) {
    super(written, report, "lstm", GATES);
  }
}
