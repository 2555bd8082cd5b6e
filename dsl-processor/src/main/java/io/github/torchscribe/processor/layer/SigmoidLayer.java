package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Sigmoid}: y = 1/(1 + e⁻ˣ), with derivative y·(1 − y). */
public final class SigmoidLayer extends Activation {

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public SigmoidLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public boolean saturates() {
    return true;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(
        code.inPlace()
            ? "sigmoid_(" + code.output() + ")"
            : "sigmoid_out(" + code.output() + ", " + code.input() + ")");
  }

  @Override
  String derivative(BackwardCode code) {
    return "sigmoid_backward_out("
        + code.inputGradient()
        + ", "
        + code.outputGradient()
        + ", "
        + code.output()
        + ")";
  }

  @Override
  public String autograd(AutogradCode code) {
    return "sigmoid(" + code.input() + ")";
  }
}
