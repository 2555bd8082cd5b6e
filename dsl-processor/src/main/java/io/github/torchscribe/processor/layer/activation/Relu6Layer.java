package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @ReLU6}: min(max(x, 0), 6). */
final class Relu6Layer extends ClampLayer {
  Relu6Layer(Written written, Report report) {
    super(written, 0, 6);
  }
}
