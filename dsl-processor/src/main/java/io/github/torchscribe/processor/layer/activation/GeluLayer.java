package io.github.torchscribe.processor.layer.activation;

import static io.github.torchscribe.processor.code.Expressions.operand;

import io.github.torchscribe.dsl.nn.GELU;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @GELU}: x·Φ(x). */
final class GeluLayer extends Activation {
  private final boolean byTanh;

  GeluLayer(Written written, Report report) {
    super(written, "gelu");
    byTanh =
        written.constant("approximate", GELU.Approximate.class, GELU.Approximate.NONE)
            == GELU.Approximate.TANH;
  }

  @Override
  List<Expression> arguments(ModelCode code) {
    return byTanh ? List.of(operand("tanh")) : List.of();
  }

  @Override
  Expression derivative(BackwardCode code) {
    return backward("gelu", code, code.input(), arguments(code));
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

  @Override
  public Expression onnx(OnnxCode code) {
    Expression gelu = code.op("Gelu", code.input());
    return byTanh ? gelu.call("with", "approximate", "tanh") : gelu;
  }
}
