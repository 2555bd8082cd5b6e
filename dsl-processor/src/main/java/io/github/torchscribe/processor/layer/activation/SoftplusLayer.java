package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @Softplus}: ln(1 + e^(β·x))/β, and x above the threshold. */
final class SoftplusLayer extends Activation {
  /** From here on ln(1 + e^x) is x in 32 bits. */
  private static final double FAR = 17;

  private final double beta;
  private final double threshold;

  SoftplusLayer(Written written, Report report) {
    super(written, "softplus");
    beta = written.checked("beta", "a number above 0", b -> b > 0 && Double.isFinite(b), report);
    threshold = written.checked("threshold", "a finite number", Double::isFinite, report);
  }

  @Override
  List<Expression> arguments(ModelCode code) {
    return List.of(code.scalar("beta", beta), code.scalar("threshold", threshold));
  }

  @Override
  Expression derivative(BackwardCode code) {
    return backward("softplus", code, code.input(), arguments(code));
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

  /** ONNX has no factor and no threshold, which in most cases only saves time. */
  @Override
  public Expression onnx(OnnxCode code) {
    Expression x = code.input();
    Expression scaled = beta == 1 ? x : code.let("scaled", code.op("Mul", x, code.number(beta)));
    Expression softplus = code.op("Softplus", scaled);
    Expression result = beta == 1 ? softplus : code.op("Div", softplus, code.number(beta));
    return threshold >= FAR
        ? result
        : code.op("Where", code.op("Greater", scaled, code.number(threshold)), x, result);
  }
}
