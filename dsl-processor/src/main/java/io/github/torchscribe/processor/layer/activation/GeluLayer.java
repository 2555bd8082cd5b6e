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
  private static final double CUBE = 0.044715;
  private static final double SCALE = Math.sqrt(2 / Math.PI);

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

  /** ONNX has had a GELU since 20; runtimes know these. */
  @Override
  public Expression onnx(OnnxCode code) {
    Expression x = code.input();
    Expression odd = byTanh ? tanh(x, code) : erf(x, code);
    Expression half = code.op("Mul", x, code.op("Add", odd, code.number(1)));
    return code.op("Mul", half, code.number(1.0 / 2));
  }

  private static Expression erf(Expression x, OnnxCode code) {
    return code.op("Erf", code.op("Div", x, code.number(Math.sqrt(2))));
  }

  private static Expression tanh(Expression x, OnnxCode code) {
    Expression cube = code.op("Mul", code.op("Pow", x, code.number(3)), code.number(CUBE));
    Expression inner = code.op("Mul", code.op("Add", x, cube), code.number(SCALE));
    return code.op("Tanh", inner);
  }
}
