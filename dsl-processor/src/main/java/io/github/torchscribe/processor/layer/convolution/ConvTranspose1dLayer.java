package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @ConvTranspose1d}: a transposed convolution over one dimension. */
final class ConvTranspose1dLayer extends Convolution {
  ConvTranspose1dLayer(Written written, Report report) {
    super(written, 1, true, report);
  }
}
