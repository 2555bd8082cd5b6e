package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Tanh}: y = tanh x, with derivative 1 − y². */
public final class TanhLayer extends Activation {

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public TanhLayer(Written written, Report report) {
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
            ? "tanh_(" + code.output() + ")"
            : "tanh_out(" + code.output() + ", " + code.input() + ")");
  }

  @Override
  String derivative(BackwardCode code) {
    return "tanh_backward_out("
        + code.inputGradient()
        + ", "
        + code.outputGradient()
        + ", "
        + code.output()
        + ")";
  }

  @Override
  public String autograd(AutogradCode code) {
    return "tanh(" + code.input() + ")";
  }
}
