package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Sums;
import io.github.torchscribe.processor.message.Report;

/** {@code @Softmax}: e^x / Σ e^x. */
final class SoftmaxLayer extends OverDimension {
  SoftmaxLayer(Written written, Report report) {
    super(written, "softmax");
  }

  /** y·(g − Σ g·y). */
  @Override
  public void backward(BackwardCode code) {
    if (code.wantsInputGradient()) {
      String gradient = code.inputGradient();
      code.step("mul_out(" + gradient + ", " + code.outputGradient() + ", " + code.output() + ")");
      String sum = Sums.over(dim(), gradient, code);
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
