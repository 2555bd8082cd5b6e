package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import java.util.List;

/** x between two bounds; the derivative is 0 outside. */
abstract class ClampLayer extends Activation {
  private final double low;
  private final double high;

  ClampLayer(Written written, double low, double high) {
    super(written, "hardtanh");
    this.low = low;
    this.high = high;
  }

  @Override
  final List<Expression> arguments(ModelCode code) {
    return List.of(code.scalar("low", low), code.scalar("high", high));
  }

  @Override
  final Expression derivative(BackwardCode code) {
    // The output is at a bound just where the input is at it or beyond.
    return backward("hardtanh", code, code.output(), arguments(code));
  }

  @Override
  public final Expression onnx(OnnxCode code) {
    return code.op("Clip", code.input(), code.number(low), code.number(high));
  }
}
