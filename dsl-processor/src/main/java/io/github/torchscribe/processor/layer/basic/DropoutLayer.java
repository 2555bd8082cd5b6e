package io.github.torchscribe.processor.layer.basic;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;

/** {@code @Dropout}: drops single elements. */
final class DropoutLayer extends Dropping {
  DropoutLayer(Written written, Report report) {
    super(written, report);
  }

  @Override
  Shape mask(Shape input) {
    return input;
  }
}
