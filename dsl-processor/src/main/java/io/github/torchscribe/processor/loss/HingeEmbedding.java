package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.number;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;

/** {@code @HingeEmbeddingLoss}: x for what is alike, max(0, margin − x) for what is not. */
final class HingeEmbedding extends PairLoss {
  private final double margin;

  HingeEmbedding(Written written, Report report) {
    super(written);
    margin = written.checked("margin", "at least 0", v -> v >= 0 && Double.isFinite(v), report);
  }

  @Override
  public void forward(LossCode code) {
    code.step(
        code.result().call("copy_", autograd(code.output(), code.target())),
        "mean over all outputs");
  }

  /** The target itself, 1 or −1, but 0 where it is −1 and the output beyond the margin. */
  @Override
  public void backward(LossCode code) {
    Expression gradient = code.outputGradient();
    Expression limit = code.perBatch("margin", create(Types.SCALAR, margin));
    Expression oneOverCount =
        code.perBatch("oneOverCount", create(Types.SCALAR, number(1.0).over(count())));
    code.step(call("le_out", gradient, code.output(), limit), "1 within the margin, 0 beyond");
    code.step(call("maximum_out", gradient, gradient, code.target()), "1 wherever target is 1");
    code.step(gradient.call("mul_", code.target()), "· target");
    code.step(gradient.call("mul_", oneOverCount), "/ all outputs");
  }

  @Override
  public Expression autograd(Expression output, Expression target) {
    return call("hinge_embedding_loss", output, target, margin, MEAN);
  }

  @Override
  public String formula() {
    return "mean of output where target is 1, of max(0, margin − output) where it is −1";
  }
}
