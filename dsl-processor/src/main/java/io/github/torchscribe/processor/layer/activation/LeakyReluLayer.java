package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.message.Report;

/** {@code @LeakyReLU}: x above 0, otherwise slope·x. */
final class LeakyReluLayer extends Activation {
  private final double slope;

  LeakyReluLayer(Written written, Report report) {
    super(written, "leaky_relu");
    slope = written.checked("negativeSlope", "a finite number", Double::isFinite, report);
  }

  @Override
  String arguments(Scalars scalars) {
    return ", " + scalars.scalar("negativeSlope", slope);
  }

  @Override
  String derivative(BackwardCode code) {
    boolean byOutput = backwardReads().output();
    String kept = byOutput ? code.output() : code.input();
    return backward("leaky_relu", code, kept + arguments(code::scalar) + ", " + byOutput);
  }

  /** Only a positive slope lets the output tell the sign of the input. */
  @Override
  public BackwardReads backwardReads() {
    return slope > 0 ? BackwardReads.OUTPUT : BackwardReads.INPUT;
  }
}
