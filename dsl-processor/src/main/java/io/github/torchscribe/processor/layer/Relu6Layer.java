package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @ReLU6}: min(max(x, 0), 6). */
public final class Relu6Layer extends ClampLayer {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public Relu6Layer(Written written, Report report) {
    super(written, 0, 6);
  }
}
