package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Traits;
import io.github.torchscribe.processor.message.Report;

/** {@code @Hardtanh}: min(max(x, minVal), maxVal). */
final class HardtanhLayer extends ClampLayer {
  HardtanhLayer(Written written, Report report) {
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
  public Traits traits() {
    return Traits.ACTIVATION.thatSaturates();
  }
}
