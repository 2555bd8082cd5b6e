package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Conv1d}: a convolution over one dimension. */
public final class Conv1dLayer extends Convolution {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public Conv1dLayer(Written written, Report report) {
    super(written, 1, false, report);
  }
}
