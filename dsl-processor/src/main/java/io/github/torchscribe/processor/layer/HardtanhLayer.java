package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Hardtanh}: min(max(x, minVal), maxVal). */
public final class HardtanhLayer extends ClampLayer {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public HardtanhLayer(Written written, Report report) {
    super(
        written,
        written.checked("minVal", "a finite number", Double::isFinite, report),
        written.checked(
            "maxVal",
            "a finite number above minVal",
            max -> Double.isFinite(max) && max > written.number("minVal").doubleValue(),
            report));
  }

  @Override
  public boolean saturates() {
    return true;
  }
}
