package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @AvgPool2d}: the mean of each window of images. */
final class AvgPool2dLayer extends AvgPool {
  AvgPool2dLayer(Written written, Report report) {
    super(written, 2, report);
  }
}
