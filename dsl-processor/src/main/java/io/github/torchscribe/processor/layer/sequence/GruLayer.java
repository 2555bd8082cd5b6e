package io.github.torchscribe.processor.layer.sequence;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @GRU}: gated recurrent unit. */
final class GruLayer extends Recurrent {
  private static final long GATES = 3;
  private static final long WIDE = 256;

  GruLayer(Written written, Report report) {
    super(written, report, "GRU", GATES, 1);
  }

  @Override
  long widthThatPays() {
    return WIDE;
  }

  @Override
  Expression.Call stated(Expression.Call operator) {
    return operator.call("with", "linear_before_reset", 1);
  }
}
