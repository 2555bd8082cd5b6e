package io.github.torchscribe.processor.layer.activation;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Report;

/** {@code @LogSoftmax}: x − ln Σ e^x. */
final class LogSoftmaxLayer extends OverDimension {
  LogSoftmaxLayer(Written written, Report report) {
    super(written, "log_softmax");
  }

  /** g − e^y·Σ g. */
  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      Expression gradient = code.inputGradient();
      code.step(call("exp_out", gradient, code.output()));
      code.step(gradient.call("mul_", Sums.over(dim(), code.outputGradient(), code)));
      code.step(call("sub_out", gradient, code.outputGradient(), gradient));
    }
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.op("LogSoftmax", code.input()).call("with", "axis", dim());
  }
}
