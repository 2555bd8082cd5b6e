package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @ConvTranspose3d}: a transposed convolution over three dimensions. */
final class ConvTranspose3dLayer extends Convolution {
  ConvTranspose3dLayer(Written written, Report report) {
    super(written, 3, true, report);
  }
}
