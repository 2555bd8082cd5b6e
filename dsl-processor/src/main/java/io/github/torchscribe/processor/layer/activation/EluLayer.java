package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @ELU}: x above 0, α·(e^x − 1) below. */
final class EluLayer extends Activation {
  private final double alpha;

  EluLayer(Written written, Report report) {
    super(written, "elu");
    alpha =
        written.checked(
            "alpha", "a finite number of at least 0", a -> a >= 0 && Double.isFinite(a), report);
  }

  @Override
  String arguments(Scalars scalars) {
    String one = scalars.scalar("one", 1);
    return ", " + scalars.scalar("eluAlpha", alpha) + ", " + one + ", " + one;
  }

  @Override
  String derivative(BackwardCode code) {
    String constants = arguments(code::scalar).substring(2);
    return backward("elu", code, constants + ", true, " + code.output());
  }
}
