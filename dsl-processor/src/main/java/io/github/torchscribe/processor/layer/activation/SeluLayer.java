package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @SELU}: λ·x above 0, otherwise λ·α·(eˣ − 1). */
final class SeluLayer extends Activation {
  private static final double ALPHA = 1.6732632423543772848170429916717;
  private static final double SCALE = 1.0507009873554804934193349852946;

  SeluLayer(Written written, Report report) {
    super(written, "selu");
  }

  /** libtorch has no selu_out; SELU is its ELU with a scale. */
  @Override
  public void forward(ForwardCode code) {
    if (code.inPlace()) {
      super.forward(code);
    } else {
      String constants = constants(code::scalar);
      code.step("elu_out(" + code.output() + ", " + code.input() + ", " + constants + ")");
    }
  }

  @Override
  String derivative(BackwardCode code) {
    return backward("elu", code, constants(code::scalar) + ", true, " + code.output());
  }

  private static String constants(Scalars scalars) {
    return scalars.scalar("seluAlpha", ALPHA)
        + ", "
        + scalars.scalar("seluScale", SCALE)
        + ", "
        + scalars.scalar("one", 1);
  }
}
