package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.function.BiFunction;

/** {@code @SELU}: λ·x above 0, otherwise λ·α·(eˣ − 1); libtorch has it as ELU with a scale. */
public final class SeluLayer extends Activation {
  private static final double ALPHA = 1.6732632423543772848170429916717;
  private static final double SCALE = 1.0507009873554804934193349852946;

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public SeluLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public void forward(ForwardCode code) {
    code.step(
        code.inPlace()
            ? "selu_(" + code.output() + ")"
            : "elu_out("
                + code.output()
                + ", "
                + code.input()
                + ", "
                + constants(code::scalar)
                + ")");
  }

  @Override
  String derivative(BackwardCode code) {
    return "elu_backward_out("
        + code.inputGradient()
        + ", "
        + code.outputGradient()
        + ", "
        + constants(code::scalar)
        + ", true, "
        + code.output()
        + ")";
  }

  @Override
  public String autograd(AutogradCode code) {
    return "selu(" + code.input() + ")";
  }

  private static String constants(BiFunction<String, Double, String> scalar) {
    return scalar.apply("seluAlpha", ALPHA)
        + ", "
        + scalar.apply("seluScale", SCALE)
        + ", "
        + scalar.apply("one", 1.0);
  }
}
