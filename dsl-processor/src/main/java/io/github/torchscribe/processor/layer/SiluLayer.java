package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @SiLU}: x·σ(x). */
public final class SiluLayer extends Activation {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public SiluLayer(Written written, Report report) {
    super(written, "silu");
  }

  @Override
  public boolean needsInput() {
    return true;
  }

  @Override
  String derivative(BackwardCode code) {
    return backward("silu", code, code.input());
  }
}
