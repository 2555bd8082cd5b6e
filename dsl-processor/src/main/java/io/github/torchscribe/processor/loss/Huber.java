package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @HuberLoss}: a parabola near 0, lines beyond. */
final class Huber extends KernelLoss {
  Huber(Written written, Report report) {
    super(
        written,
        "huber_loss",
        List.of(
            written.checked("delta", "a number above 0", v -> v > 0 && Double.isFinite(v), report)),
        "mean of d²/2 where |d| < delta, otherwise delta·(|d| − delta/2), with d = output − target");
  }
}
