package io.github.torchscribe.processor.layer.activation;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @SELU}: λ·x above 0, otherwise λ·α·(eˣ − 1). */
final class SeluLayer extends Activation {
  private static final double ALPHA = 1.6732632423543772848170429916717;
  private static final double SCALE = 1.0507009873554804934193349852946;

  SeluLayer(Written written, Report report) {
    super(written, "selu");
  }

  /** libtorch has no selu_out; SELU is its ELU with a scale. */
  @Override
  public void forward(ForwardCode code) {
    if (code.inPlace()) {
      super.forward(code);
    } else {
      code.step(call("elu_out", code.output(), code.input(), constants(code)));
    }
  }

  @Override
  Expression derivative(BackwardCode code) {
    return backward("elu", code, constants(code), true, code.output());
  }

  private static List<Expression> constants(ModelCode code) {
    return List.of(
        code.scalar("seluAlpha", ALPHA), code.scalar("seluScale", SCALE), code.scalar("one", 1));
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Selu", code.input());
  }
}
