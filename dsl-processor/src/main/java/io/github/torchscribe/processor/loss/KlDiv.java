package io.github.torchscribe.processor.loss;

import io.github.torchscribe.dsl.nn.KLDivLoss;
import io.github.torchscribe.processor.code.LossCode;
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

  /** What the sum over all outputs is divided by, as an expression. */
  private String divisor() {
    return switch (reduction) {
      case MEAN -> count();
      case BATCHMEAN -> "total";
      case SUM -> "1";
    };
  }

  /** A share's loss is taken for a mean over its rows, n of total. */
  @Override
  public void forward(LossCode code) {
    String toMean =
        code.always("toMean", "Scalar", "new Scalar((double) total / n / " + divisor() + ")");
    code.step(
        code.result()
            + ".copy_(kl_div("
            + code.output()
            + ", "
            + code.target()
            + ", "
            + SUM
            + ", "
            + logTarget
            + ").mul_("
            + toMean
            + "))",
        "of the whole batch");
  }

  @Override
  public void backward(LossCode code) {
    String gradient = code.outputGradient();
    String minusOneOverCount =
        code.perBatch("minusOneOverCount", "Scalar", "new Scalar(-1.0 / " + divisor() + ")");
    code.step(
        logTarget
            ? "exp_out(" + gradient + ", " + code.target() + ")"
            : gradient + ".copy_(" + code.target() + ")",
        "target");
    code.step(gradient + ".mul_(" + minusOneOverCount + ")", "−target / count");
  }

  @Override
  public String autograd(String output, String target) {
    String sum = "kl_div(" + output + ", " + target + ", " + SUM + ", " + logTarget + ")";
    return sum + ".div(new Scalar((double) " + divisor() + "))";
  }

  @Override
  public String formula() {
    return (logTarget ? "Σ e^target·(target − output)" : "Σ target·(ln target − output)")
        + (reduction == KLDivLoss.Reduction.SUM ? "" : " / count");
  }
}
