package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @Softplus}: ln(1 + e^(β·x))/β, and x above the threshold. */
final class SoftplusLayer extends Activation {
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
}
