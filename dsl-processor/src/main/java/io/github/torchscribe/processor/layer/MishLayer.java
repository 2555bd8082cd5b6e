package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Mish}: x·tanh(ln(1 + e^x)). */
public final class MishLayer extends Activation {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public MishLayer(Written written, Report report) {
    super(written, "mish");
  }

  @Override
  public boolean needsInput() {
    return true;
  }

  @Override
  String derivative(BackwardCode code) {
    return code.inputGradient()
        + ".copy_(mish_backward("
        + code.outputGradient()
        + ", "
        + code.input()
        + "))";
  }
}
