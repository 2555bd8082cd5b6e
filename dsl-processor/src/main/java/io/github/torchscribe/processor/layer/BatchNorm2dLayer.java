package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @BatchNorm2d}. */
public final class BatchNorm2dLayer extends BatchNorm {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public BatchNorm2dLayer(Written written, Report report) {
    super(written, List.of(3), "(N, C, H, W)", report);
  }
}
