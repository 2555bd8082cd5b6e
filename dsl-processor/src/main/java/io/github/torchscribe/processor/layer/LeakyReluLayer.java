package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @LeakyReLU}: x above 0, otherwise slope·x. */
public final class LeakyReluLayer extends Activation {
  private final double slope;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public LeakyReluLayer(Written written, Report report) {
    super(written);
    slope = written.checked("negativeSlope", "a finite number", Double::isFinite, report);
  }

  @Override
  public boolean needsInput() {
    return slope <= 0; // only a positive slope lets the output tell the sign of the input
  }

  @Override
  public void forward(ForwardCode code) {
    String tail = code.scalar("negativeSlope", slope) + ")";
    code.step(
        code.inPlace()
            ? "leaky_relu_(" + code.output() + ", " + tail
            : "leaky_relu_out(" + code.output() + ", " + code.input() + ", " + tail);
  }

  @Override
  String derivative(BackwardCode code) {
    return "leaky_relu_backward_out("
        + code.inputGradient()
        + ", "
        + code.outputGradient()
        + ", "
        + (needsInput() ? code.input() : code.output())
        + ", "
        + code.scalar("negativeSlope", slope)
        + ", "
        + !needsInput()
        + ")";
  }

  @Override
  public String autograd(AutogradCode code) {
    return "leaky_relu(" + code.input() + ", " + code.scalar("negativeSlope", slope) + ")";
  }
}
