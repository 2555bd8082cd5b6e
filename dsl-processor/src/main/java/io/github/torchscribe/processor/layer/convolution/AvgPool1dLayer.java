package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @AvgPool1d}: the mean of each window of a sequence. */
final class AvgPool1dLayer extends AvgPool {
  AvgPool1dLayer(Written written, Report report) {
    super(written, 1, report);
  }
}
