package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.TOTAL;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.number;
import static io.github.torchscribe.processor.code.Expressions.toDouble;

import io.github.torchscribe.dsl.nn.KLDivLoss;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @KLDivLoss}: y·(ln y − x). */
final class KlDiv extends PairLoss {
  private final KLDivLoss.Reduction reduction;
  private final boolean logTarget;

  KlDiv(Written written, Report report) {
    super(written);
    reduction = written.constant("reduction", KLDivLoss.Reduction.class, KLDivLoss.Reduction.MEAN);
    logTarget = written.flag("logTarget");
  }

  @Override
  public Reading reading(int which) {
    return Reading.LOG_PROBABILITIES;
  }

  /** What the sum over all outputs is divided by, as an expression. */
  private Expression divisor() {
    return switch (reduction) {
      case MEAN -> count();
      case BATCHMEAN -> TOTAL;
      case SUM -> number(1);
    };
  }

  /** A share's loss is taken for a mean over its rows, n of total. */
  @Override
  public void forward(LossCode code) {
    Expression toMean =
        code.always("toMean", create(Types.SCALAR, toDouble(TOTAL).over(N).over(divisor())));
    code.step(
        code.result().call("copy_", sum(code.output(), code.target()).call("mul_", toMean)),
        "of the whole batch");
  }

  private Expression sum(Expression output, Expression target) {
    return call("kl_div", output, target, SUM, logTarget);
  }

  @Override
  public void backward(LossCode code) {
    Expression gradient = code.outputGradient();
    Expression minusOneOverCount =
        code.perBatch("minusOneOverCount", create(Types.SCALAR, number(-1.0).over(divisor())));
    code.step(
        logTarget
            ? call("exp_out", gradient, code.target())
            : gradient.call("copy_", code.target()),
        "target");
    code.step(gradient.call("mul_", minusOneOverCount), "−target / count");
  }

  @Override
  protected Expression autograd(Expression output, Expression target) {
    return sum(output, target).call("div", create(Types.SCALAR, toDouble(divisor())));
  }

  @Override
  public String formula() {
    return (logTarget ? "Σ e^target·(target − output)" : "Σ target·(ln target − output)")
        + (reduction == KLDivLoss.Reduction.SUM ? "" : " / count");
  }
}
