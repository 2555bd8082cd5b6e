package io.github.torchscribe.processor.layer.convolution;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Conv1d}: a convolution over one dimension. */
final class Conv1dLayer extends Convolution {
  Conv1dLayer(Written written, Report report) {
    super(written, 1, false, report);
  }
}
