package io.github.torchscribe.processor.layer.norm;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @BatchNorm1d}. */
final class BatchNorm1dLayer extends BatchNorm {
  BatchNorm1dLayer(Written written, Report report) {
    super(written, List.of(1, 2), "(N, C) or (N, C, L)", report);
  }
}
