package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @MaxPool3d}: the largest value of each window of volumes. */
final class MaxPool3dLayer extends MaxPool {
  MaxPool3dLayer(Written written, Report report) {
    super(written, 3, report);
  }
}
