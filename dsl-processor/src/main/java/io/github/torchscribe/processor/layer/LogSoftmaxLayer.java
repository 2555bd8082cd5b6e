package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @LogSoftmax}: x − ln Σ e^x. */
public final class LogSoftmaxLayer extends OverDimension {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public LogSoftmaxLayer(Written written, Report report) {
    super(written, "log_softmax");
  }

  /** g − e^y·Σ g. */
  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      String gradient = code.inputGradient();
      code.step("exp_out(" + gradient + ", " + code.output() + ")");
      code.step(gradient + ".mul_(" + sum(code.outputGradient(), code, dim()) + ")");
      code.step("sub_out(" + gradient + ", " + code.outputGradient() + ", " + gradient + ")");
    }
  }
}
