package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** {@code @MarginRankingLoss}: max(0, −y·(a − b) + margin). */
final class MarginRanking extends Comparison {
  private final double margin;

  MarginRanking(Written written, Report report) {
    super(written, 2);
    margin = written.checked("margin", "at least 0", m -> m >= 0 && Double.isFinite(m), report);
  }

  @Override
  public Expression targets() {
    return call(Types.TENSOR_SPEC, "numbers", shape());
  }

  @Override
  public void forward(LossCode code) {
    Expression over = code.kept("over", shape());
    code.step(call("sub_out", over, code.output(1), code.output(0)), "second − first");
    code.step(over.call("mul_", code.target()), "· target");
    code.step(over.call("add_", scalar("margin", margin, code)), "+ margin");
    hinge(over, code);
  }

  @Override
  public void backward(LossCode code) {
    Expression over = code.kept("over", shape());
    code.step(call("ge_out", over, over, scalar("zero", 0, code)), "1 where it counts");
    code.step(over.call("mul_", code.target()), "· target");
    code.step(over.call("mul_", share(shape(), 1, code)), "/ all numbers");
    if (code.wantsOutputGradient(0)) {
      code.step(call("neg_out", code.outputGradient(0), over), "of the first");
    }
    if (code.wantsOutputGradient(1)) {
      code.step(code.outputGradient(1).call("copy_", over), "of the second");
    }
  }

  @Override
  public Expression autograd(List<Expression> outputs, Expression target, List<Object> which) {
    return call("margin_ranking_loss", outputs, target, margin, MEAN);
  }

  @Override
  public String formula() {
    return "mean of max(0, −target·(first − second) + margin)";
  }
}
