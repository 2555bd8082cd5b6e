package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @ELU}: x above 0, α·(e^x − 1) below. */
final class EluLayer extends Activation {
  private final double alpha;

  EluLayer(Written written, Report report) {
    super(written, "elu");
    alpha =
        written.checked(
            "alpha", "a finite number of at least 0", a -> a >= 0 && Double.isFinite(a), report);
  }

  @Override
  List<Expression> arguments(ModelCode code) {
    Expression one = code.scalar("one", 1);
    return List.of(code.scalar("eluAlpha", alpha), one, one);
  }

  @Override
  Expression derivative(BackwardCode code) {
    return backward("elu", code, arguments(code), true, code.output());
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Elu", code.input()).call("with", "alpha", alpha);
  }
}
