package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @NLLLoss}: −x[target], averaged over the batch. */
final class Nll extends ClassLoss {
  Nll(Written written, Report report) {
    super(written, report);
  }

  @Override
  public boolean takesRawScores() {
    return false;
  }

  @Override
  public void forward(LossCode code) {
    likelihood(code.output(), code);
  }

  @Override
  public void backward(LossCode code) {
    String gradient = code.outputGradient();
    String values =
        code.perBatch(
            "minusOneOverCount",
            "Tensor",
            "filled(-1.0 / " + count() + ", " + onePerTarget() + ")");
    code.step(gradient + ".zero_()", "0 but at the target");
    atTargets("scatter_", values, "− one-hot target / count", code);
    countOnly(code);
  }

  @Override
  public String autograd(String output, String target) {
    return "nll_loss_nd(" + output + ", " + target + likelihoodArguments() + ")";
  }

  @Override
  public String formula() {
    return "−1/n · Σ output[target]";
  }
}
