package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @Softmax}: e^x / Σ e^x. */
public final class SoftmaxLayer extends OverDimension {
  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public SoftmaxLayer(Written written, Report report) {
    super(written, "softmax");
  }

  /** y·(g − Σ g·y). */
  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      String gradient = code.inputGradient();
      code.step("mul_out(" + gradient + ", " + code.outputGradient() + ", " + code.output() + ")");
      String sum = sum(gradient, code, dim());
      code.step(
          gradient
              + ".addcmul_("
              + code.output()
              + ", "
              + sum
              + ", "
              + code.scalar("minusOne", -1)
              + ")");
    }
  }
}
