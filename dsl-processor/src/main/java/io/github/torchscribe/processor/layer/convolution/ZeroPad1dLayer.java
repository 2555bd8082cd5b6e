package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @ZeroPad1d}: zeros around sequences. */
final class ZeroPad1dLayer extends ZeroPad {
  ZeroPad1dLayer(Written written, Report report) {
    super(written, 1, "(N, C, L)", report);
  }
}
