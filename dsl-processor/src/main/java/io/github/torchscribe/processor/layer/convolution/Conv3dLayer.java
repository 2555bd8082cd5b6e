package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Conv3d}: a convolution over three dimensions. */
final class Conv3dLayer extends Convolution {
  Conv3dLayer(Written written, Report report) {
    super(written, 3, false, report);
  }
}
