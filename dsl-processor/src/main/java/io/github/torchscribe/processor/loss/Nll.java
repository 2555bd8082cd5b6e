package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.number;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @NLLLoss}: −x[target], averaged over the batch. */
final class Nll extends ClassLoss {
  Nll(Written written, Report report) {
    super(written, report);
  }

  @Override
  public Reading reading(int which) {
    return Reading.LOG_PROBABILITIES;
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
    Expression gradient = code.outputGradient();
    Expression values =
        code.perBatch(
            "minusOneOverCount", call("filled", number(-1.0).over(count()), onePerTarget()));
    code.step(gradient.call("zero_"), "0 but at the target");
    atTargets("scatter_", values, "− one-hot target / count", code);
    countOnly(code);
  }

  @Override
  protected Expression autograd(Expression output, Expression target) {
    return call("nll_loss_nd", output, target, likelihoodArguments());
  }

  @Override
  public String formula() {
    return "−1/n · Σ output[target]";
  }
}
