package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Conv2d}: a convolution over two dimensions. */
final class Conv2dLayer extends Convolution {
  Conv2dLayer(Written written, Report report) {
    super(written, 2, false, report);
  }
}
