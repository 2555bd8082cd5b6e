package io.github.torchscribe.processor.layer.norm;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @BatchNorm3d}. */
final class BatchNorm3dLayer extends BatchNorm {
  BatchNorm3dLayer(Written written, Report report) {
    super(written, List.of(4), "(N, C, D, H, W)", report);
  }
}
