package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @MSELoss}: (x − y)². */
final class MseLoss extends KernelLoss {
  MseLoss(Written written, Report report) {
    super(written, "mse_loss", List.of(), "mean of (output − target)²");
  }
}
