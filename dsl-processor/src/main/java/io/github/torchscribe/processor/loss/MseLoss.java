package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @MSELoss}: (x − y)². */
public final class MseLoss extends DifferenceLoss {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public MseLoss(Written written, Report report) {
    super(written, "mse_loss", "", "mean of (output − target)²");
  }
}
