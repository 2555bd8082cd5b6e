package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @ReLU}: max(0, x), with derivative 1 where the output is above 0. */
public final class ReluLayer extends Activation {

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public ReluLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(
        code.inPlace()
            ? "relu_(" + code.output() + ")"
            : "relu_out(" + code.output() + ", " + code.input() + ")");
  }

  @Override
  String derivative(BackwardCode code) {
    return "threshold_backward_out("
        + code.inputGradient()
        + ", "
        + code.outputGradient()
        + ", "
        + code.output()
        + ", "
        + code.scalar("zero", 0)
        + ")";
  }

  @Override
  public String autograd(AutogradCode code) {
    return "relu(" + code.input() + ")";
  }
}
