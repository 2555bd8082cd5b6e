package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Dropout}: drops single elements. */
public final class DropoutLayer extends Dropping {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public DropoutLayer(Written written, Report report) {
    super(written, report);
  }

  @Override
  Shape mask(Shape input) {
    return input;
  }
}
