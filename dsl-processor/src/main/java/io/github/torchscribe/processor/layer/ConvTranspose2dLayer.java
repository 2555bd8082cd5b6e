package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @ConvTranspose2d}: a transposed convolution. */
public final class ConvTranspose2dLayer extends Convolution {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public ConvTranspose2dLayer(Written written, Report report) {
    super(written, 2, true, report);
  }
}
