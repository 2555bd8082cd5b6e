package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @ConvTranspose2d}: a transposed convolution. */
final class ConvTranspose2dLayer extends Convolution {
  ConvTranspose2dLayer(Written written, Report report) {
    super(written, 2, true, report);
  }
}
