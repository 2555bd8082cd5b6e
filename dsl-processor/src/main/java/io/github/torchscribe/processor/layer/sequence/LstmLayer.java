package io.github.torchscribe.processor.layer.sequence;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @LSTM}: long short-term memory. */
final class LstmLayer extends Recurrent {
  private static final long GATES = 4;
  private static final int KINDS = 2; // hidden states and cells
  private static final long WIDE = 64;

  LstmLayer(Written written, Report report) {
    super(written, report, "LSTM", GATES, KINDS);
  }

  @Override
  long widthThatPays() {
    return WIDE;
  }
}
