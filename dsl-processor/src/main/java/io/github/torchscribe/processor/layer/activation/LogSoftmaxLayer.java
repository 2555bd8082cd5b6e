package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
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
      String gradient = code.inputGradient();
      code.step("exp_out(" + gradient + ", " + code.output() + ")");
      code.step(gradient + ".mul_(" + Sums.over(dim(), code.outputGradient(), code) + ")");
      code.step("sub_out(" + gradient + ", " + code.outputGradient() + ", " + gradient + ")");
    }
  }
}
