package io.github.torchscribe.processor.layer.activation;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Numbers;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Report;

/** {@code @Softmax}: e^x / Σ e^x. */
final class SoftmaxLayer extends OverDimension {
  SoftmaxLayer(Written written, Report report) {
    super(written, "softmax");
  }

  /** y·(g − Σ g·y). */
  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      Expression gradient = code.inputGradient();
      code.step(call("mul_out", gradient, code.outputGradient(), code.output()));
      Expression sum = Sums.over(dim(), gradient, code);
      code.step(gradient.call("addcmul_", code.output(), sum, code.scalar("minusOne", -1)));
    }
  }

  @Override
  public Numbers numbers() {
    return Numbers.PROBABILITIES;
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("Softmax", code.input()).call("with", "axis", dim());
  }
}
