package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.number;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @PoissonNLLLoss}: eˣ − y·x, or x − y·ln x. */
final class PoissonNll extends PairLoss {
  private final boolean logInput;
  private final boolean full;
  private final double eps;

  PoissonNll(Written written, Report report) {
    super(written);
    logInput = written.flag("logInput");
    full = written.flag("full");
    eps = written.checked("eps", "a number above 0", v -> v > 0 && Double.isFinite(v), report);
  }

  @Override
  public void forward(LossCode code) {
    code.step(
        code.result().call("copy_", autograd(code.output(), code.target())),
        "mean over all outputs");
  }

  @Override
  public void backward(LossCode code) {
    Expression gradient = code.outputGradient();
    Expression oneOverCount =
        code.perBatch("oneOverCount", create(Types.SCALAR, number(1.0).over(count())));
    if (logInput) {
      code.step(call("exp_out", gradient, code.output()), "e^output");
      code.step(gradient.call("sub_", code.target()), "− target");
    } else {
      Expression epsilon = code.perBatch("epsilon", create(Types.SCALAR, eps));
      Expression one = code.perBatch("one", create(Types.SCALAR, 1.0));
      code.step(call("add_out", gradient, code.output(), epsilon), "output + eps");
      code.step(call("div_out", gradient, code.target(), gradient), "target / (output + eps)");
      code.step(gradient.call("neg_").call("add_", one), "1 − target / (output + eps)");
    }
    code.step(gradient.call("mul_", oneOverCount), "/ all outputs");
  }

  @Override
  public Expression autograd(Expression output, Expression target) {
    return call("poisson_nll_loss", output, target, logInput, full, eps, MEAN);
  }

  @Override
  public String formula() {
    return (logInput ? "mean of e^output − target·output" : "mean of output − target·ln output")
        + (full ? " + ln target!" : "");
  }
}
