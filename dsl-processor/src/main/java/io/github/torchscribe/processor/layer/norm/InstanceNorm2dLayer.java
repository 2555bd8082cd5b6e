package io.github.torchscribe.processor.layer.norm;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @InstanceNorm2d}. */
final class InstanceNorm2dLayer extends InstanceNorm {
  InstanceNorm2dLayer(Written written, Report report) {
    super(written, 3, "(N, C, H, W)", report);
  }
}
