package io.github.torchscribe.processor.layer.sequence;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.PaddingMask;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** {@code @LSTM}: long short-term memory. */
final class LstmLayer extends Recurrent {
  private static final long GATES = 4;
  private static final int KINDS = 2; // hidden states and cells

  LstmLayer(Written written, Report report) {
    super(written, report, "LSTM", GATES, KINDS);
  }

  /**
   * Libtorch has it whole in bfloat16, a third faster, and no other recurrent layer: nor what is
   * packed, which it goes through place by place.
   */
  @Override
  public Optional<Precision> precision(List<Shape> inputs) {
    return Optional.of(PaddingMask.isKnown(inputs) ? Precision.FULL : Precision.LOWERED);
  }
}
