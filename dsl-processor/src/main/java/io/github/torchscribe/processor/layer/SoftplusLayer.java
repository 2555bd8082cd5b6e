package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.function.BiFunction;

/** {@code @Softplus}: ln(1 + e^(β·x))/β, and x above the threshold. */
public final class SoftplusLayer extends Activation {
  private final double beta;
  private final double threshold;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public SoftplusLayer(Written written, Report report) {
    super(written);
    beta = written.checked("beta", "a number above 0", b -> b > 0 && Double.isFinite(b), report);
    threshold = written.checked("threshold", "a finite number", Double::isFinite, report);
  }

  @Override
  public boolean needsInput() {
    return true;
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(
        "softplus_out("
            + code.output()
            + ", "
            + code.input()
            + ", "
            + constants(code::scalar)
            + ")");
  }

  @Override
  String derivative(BackwardCode code) {
    return "softplus_backward_out("
        + code.inputGradient()
        + ", "
        + code.outputGradient()
        + ", "
        + code.input()
        + ", "
        + constants(code::scalar)
        + ")";
  }

  @Override
  public String autograd(AutogradCode code) {
    return "softplus(" + code.input() + ", " + constants(code::scalar) + ")";
  }

  private String constants(BiFunction<String, Double, String> scalar) {
    return scalar.apply("beta", beta) + ", " + scalar.apply("threshold", threshold);
  }
}
