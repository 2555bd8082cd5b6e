package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @MaxPool2d}: the largest value of each window of images. */
final class MaxPool2dLayer extends MaxPool {
  MaxPool2dLayer(Written written, Report report) {
    super(written, 2, report);
  }
}
