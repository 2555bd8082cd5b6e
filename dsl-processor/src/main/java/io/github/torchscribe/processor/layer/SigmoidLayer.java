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
    super(written, "sigmoid");
  }

  @Override
  public boolean saturates() {
    return true;
  }

  @Override
  String derivative(BackwardCode code) {
    return backward("sigmoid", code, code.output());
  }
}
