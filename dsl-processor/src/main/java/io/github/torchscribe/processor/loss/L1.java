package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.number;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
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
        code.result().call("copy_", autograd(code.output(), code.target())),
        "mean over all outputs");
  }

  @Override
  public void backward(LossCode code) {
    Expression gradient = code.outputGradient();
    Expression oneOverCount =
        code.perBatch("oneOverCount", create(Types.SCALAR, number(1.0).over(count())));
    code.step(call("sub_out", gradient, code.output(), code.target()), "d");
    code.step(gradient.call("sign_"), "sign of d");
    code.step(gradient.call("mul_", oneOverCount), "/ all outputs");
  }

  @Override
  protected Expression autograd(Expression output, Expression target) {
    return call("l1_loss", output, target);
  }

  @Override
  public String formula() {
    return "mean of |output − target|";
  }
}
