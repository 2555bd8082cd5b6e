package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.NONE;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.number;

import io.github.torchscribe.processor.code.Expression;
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
        code.result().call("copy_", autograd(code.output(), code.target())),
        "mean over all outputs");
  }

  @Override
  public void backward(LossCode code) {
    Expression share = code.perBatch("oneOverCount", call("filled", number(1.0).over(count())));
    code.step(
        call(
            "binary_cross_entropy_backward_out",
            code.outputGradient(),
            share,
            code.output(),
            code.target(),
            NONE,
            SUM),
        "/ all outputs");
  }

  @Override
  protected Expression autograd(Expression output, Expression target) {
    return call("binary_cross_entropy", output, target);
  }

  @Override
  public String formula() {
    return "mean of −target·ln output − (1 − target)·ln(1 − output)";
  }
}
