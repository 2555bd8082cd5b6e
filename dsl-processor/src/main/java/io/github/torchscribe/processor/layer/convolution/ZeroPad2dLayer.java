package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @ZeroPad2d}: zeros around images. */
final class ZeroPad2dLayer extends ZeroPad {
  ZeroPad2dLayer(Written written, Report report) {
    super(written, 2, "(N, C, H, W)", report);
  }
}
