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
    super(written, "tanh");
  }

  @Override
  public boolean saturates() {
    return true;
  }

  @Override
  String derivative(BackwardCode code) {
    return backward("tanh", code, code.output());
  }
}
