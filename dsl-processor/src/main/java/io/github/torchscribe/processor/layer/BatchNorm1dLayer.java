package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @BatchNorm1d}. */
public final class BatchNorm1dLayer extends BatchNorm {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public BatchNorm1dLayer(Written written, Report report) {
    super(written, List.of(1, 2), "(N, C) or (N, C, L)", report);
  }
}
