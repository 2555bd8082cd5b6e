package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/**
 * {@code @CosineEmbeddingLoss}: 1 − cos for what is alike, max(0, cos − margin) for what is not.
 */
final class CosineEmbedding extends Comparison {
  /** What libtorch adds to squared lengths. */
  private static final double TINY = 1e-12;

  private static final Shape EACH = Shape.of();

  private final double margin;

  CosineEmbedding(Written written, Report report) {
    super(written, 2);
    margin = written.checked("margin", "from -1 to 1", m -> m >= -1 && m <= 1, report);
  }

  @Override
  void checkShape(Incoming first, Report report) {
    if (!shape().open() && shape().rank() != 1) {
      report.say(
          Message.LOSS_DOES_NOT_FIT,
          written().at(),
          name(),
          "(N, E)",
          first.from(),
          shape(),
          "it compares one vector of each example with another");
    }
  }

  @Override
  public Expression targets() {
    return call(Types.TENSOR_SPEC, "numbers");
  }

  @Override
  public void forward(LossCode code) {
    Expression cosine = code.kept("cosine", EACH);
    for (int i = 0; i < 2; i++) {
      Expression squares = code.output(i).call("square");
      code.step(call("sum_out", square(i, code), squares, -1), "squared lengths");
      code.step(square(i, code).call("add_", scalar("tiny", TINY, code)), "never 0");
    }
    Expression length = code.kept("length", EACH);
    code.step(call("mul_out", length, square(0, code), square(1, code)), "squared lengths");
    code.step(length.call("sqrt_"), "product of the lengths");
    code.step(call("sum_out", cosine, code.output(0).call("mul", code.output(1)), -1), "products");
    code.step(cosine.call("div_", length), "cos");
    Expression over = code.kept("over", EACH);
    code.step(call("sub_out", over, cosine, scalar("margin", margin, code)), "cos − margin");
    code.step(over.call("clamp_min_", scalar("zero", 0, code)), "of what is not alike");
    Expression one = scalar("one", 1, code);
    Expression says = code.target().call("abs").call("eq", one);
    code.step(call("mul_out", sign(code), code.target(), says), "1 or −1; 0 where it is another");
    Expression alike = sign(code).call("gt", scalar("zero", 0, code));
    Expression unlike = over.call("mul", sign(code).call("square"));
    Expression off = cosine.call("neg").call("add_", one);
    code.step(
        code.result().call("copy_", call("where", alike, off, unlike).call("mean")), "mean over n");
  }

  /** What the targets say; as in PyTorch, one that is neither 1 nor −1 says nothing. */
  private static Expression sign(LossCode code) {
    return code.kept("sign", EACH);
  }

  private static Expression square(int which, LossCode code) {
    return code.kept(which == 0 ? "firstSquare" : "secondSquare", EACH);
  }

  /** With k what cos gets: that of a is k·(b / (‖a‖·‖b‖) − cos·a / ‖a‖²). */
  @Override
  public void backward(LossCode code) {
    Expression cosine = code.kept("cosine", EACH);
    Expression ofCosine = code.kept("over", EACH);
    code.step(
        call("ge_out", ofCosine, cosine, scalar("margin", margin, code)),
        "1 where what is not alike counts");
    code.step(call("maximum_out", ofCosine, ofCosine, sign(code)), "and for what is alike");
    code.step(ofCosine.call("mul_", sign(code)), "· target");
    code.step(ofCosine.call("mul_", share(EACH, -1, code)), "− / n");
    code.step(cosine.call("mul_", ofCosine), "k·cos");
    code.step(ofCosine.call("div_", code.kept("length", EACH)), "k / (‖a‖·‖b‖)");
    for (int i = 0; i < 2; i++) {
      if (code.wantsOutputGradient(i)) {
        Expression gradient = code.outputGradient(i);
        Expression towards = ofCosine.call("unsqueeze", -1);
        Expression own = cosine.call("div", square(i, code)).call("unsqueeze_", -1);
        code.step(call("mul_out", gradient, code.output(1 - i), towards), "towards the other");
        code.step(gradient.call("sub_", code.output(i).call("mul", own)), "not longer");
      }
    }
  }

  @Override
  public Expression autograd(List<Expression> outputs, Expression target, List<Object> which) {
    return call("cosine_embedding_loss", outputs, target, margin, MEAN);
  }

  @Override
  public String formula() {
    return "mean of 1 − cos where target is 1, of max(0, cos − margin) where it is −1";
  }
}
