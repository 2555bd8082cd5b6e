package io.github.torchscribe.processor.layer.norm;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @InstanceNorm1d}. */
final class InstanceNorm1dLayer extends InstanceNorm {
  InstanceNorm1dLayer(Written written, Report report) {
    super(written, 2, "(N, C, L)", report);
  }
}
