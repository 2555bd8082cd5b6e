package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @L1Loss}: |x − y|. */
final class L1 extends PairLoss {
  L1(Written written, Report report) {
    super(written);
  }

  @Override
  public void forward(LossCode code) {
    code.step(
        code.result() + ".copy_(l1_loss(" + code.output() + ", " + code.target() + "))",
        "mean over all outputs");
  }

  @Override
  public void backward(LossCode code) {
    String gradient = code.outputGradient();
    String oneOverCount =
        code.perBatch("oneOverCount", "Scalar", "new Scalar(1.0 / " + count() + ")");
    code.step("sub_out(" + gradient + ", " + code.output() + ", " + code.target() + ")", "d");
    code.step(gradient + ".sign_()", "sign of d");
    code.step(gradient + ".mul_(" + oneOverCount + ")", "/ all outputs");
  }

  @Override
  public String autograd(String output, String target) {
    return "l1_loss(" + output + ", " + target + ")";
  }

  @Override
  public String formula() {
    return "mean of |output − target|";
  }
}
