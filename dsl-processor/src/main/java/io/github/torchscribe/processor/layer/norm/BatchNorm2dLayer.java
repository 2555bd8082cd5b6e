package io.github.torchscribe.processor.layer.norm;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @BatchNorm2d}. */
final class BatchNorm2dLayer extends BatchNorm {
  BatchNorm2dLayer(Written written, Report report) {
    super(written, List.of(3), "(N, C, H, W)", report);
  }
}
