package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @MaxPool1d}: the largest value of each window of a sequence. */
final class MaxPool1dLayer extends MaxPool {
  MaxPool1dLayer(Written written, Report report) {
    super(written, 1, report);
  }
}
