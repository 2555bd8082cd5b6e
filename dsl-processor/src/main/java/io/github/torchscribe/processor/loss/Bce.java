package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @BCELoss}: −y·ln x − (1 − y)·ln(1 − x). */
final class Bce extends PairLoss {
  Bce(Written written, Report report) {
    super(written);
  }

  @Override
  public String decision() {
    return "PROBABILITY_ABOVE_HALF";
  }

  @Override
  public void forward(LossCode code) {
    // With an output of ours libtorch takes the mean of something else.
    code.step(
        code.result() + ".copy_(" + autograd(code.output(), code.target()) + ")",
        "mean over all outputs");
  }

  @Override
  public void backward(LossCode code) {
    String oneOverCount = code.perBatch("oneOverCount", "Tensor", "filled(1.0 / " + count() + ")");
    code.step(
        "binary_cross_entropy_backward_out("
            + code.outputGradient()
            + ", "
            + oneOverCount
            + ", "
            + code.output()
            + ", "
            + code.target()
            + ", NONE, "
            + SUM
            + ")",
        "/ all outputs");
  }

  @Override
  public String autograd(String output, String target) {
    return "binary_cross_entropy(" + output + ", " + target + ")";
  }

  @Override
  public String formula() {
    return "mean of −target·ln output − (1 − target)·ln(1 − output)";
  }
}
