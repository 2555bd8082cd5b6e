package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Conv2d}: a convolution over two dimensions. */
public final class Conv2dLayer extends Convolution {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public Conv2dLayer(Written written, Report report) {
    super(written, 2, false, report);
  }
}
