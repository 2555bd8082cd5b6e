package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @SmoothL1Loss}: a parabola near 0, lines beyond. */
final class SmoothL1 extends KernelLoss {
  SmoothL1(Written written, Report report) {
    super(
        written,
        "smooth_l1_loss",
        List.of(
            written.checked("beta", "a number above 0", v -> v > 0 && Double.isFinite(v), report)),
        "mean of d²/(2·beta) where |d| < beta, otherwise |d| − beta/2, with d = output − target");
  }
}
