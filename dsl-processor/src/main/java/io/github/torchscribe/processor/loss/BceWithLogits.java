package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.NONE;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.number;

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
 * {@code @BCEWithLogitsLoss}: (1 − y)·x − ln σ(x), averaged over all outputs of the batch;
 * {@code @MultiLabelSoftMarginLoss}: the same, where outputs may weigh.
 */
final class BceWithLogits extends PairLoss {
  /** How much a yes counts against a no. */
  private final List<Double> posWeights;

  /** How much outputs count against each other. */
  private final List<Double> weights;

  BceWithLogits(Written written, Report report) {
    super(written);
    posWeights = aboveZero("posWeight", report);
    weights = aboveZero("weight", report);
  }

  /** The numbers of a member, one for each output; none where the annotation has no such member. */
  private List<Double> aboveZero(String member, Report report) {
    List<Double> numbers = written().has(member) ? written().numbers(member) : List.of();
    for (int i = 0; i < numbers.size(); i++) {
      if (!(numbers.get(i) > 0) || Double.isInfinite(numbers.get(i))) {
        report.say(
            Message.OUT_OF_RANGE,
            written().at(member, i),
            "a " + member,
            name(),
            "above 0",
            numbers.get(i));
      }
    }
    return numbers;
  }

  @Override
  public boolean takesRawScores() {
    return true;
  }

  @Override
  public String decision() {
    return "LOGIT_ABOVE_ZERO";
  }

  @Override
  protected void check(Incoming output, Report report) {
    super.check(output, report);
    check("posWeight", posWeights, output, report);
    check("weight", weights, output, report);
  }

  /** A single number is that of all outputs. */
  private void check(String member, List<Double> numbers, Incoming output, Report report) {
    long last = outputs().last();
    if (numbers.size() > 1 && !Shape.same(numbers.size(), last)) {
      report.say(
          Message.WEIGHTS_DIFFER,
          written().at(member),
          member,
          name(),
          numbers.size(),
          numbers.size() == 1 ? "" : "s",
          last,
          "outputs",
          output.from(),
          outputs());
    }
  }

  /** With p the weight of a yes: (1 − y)·x − (1 + (p − 1)·y)·ln σ(x). */
  @Override
  public void forward(LossCode code) {
    Expression logSigmoid = code.kept("logSigmoid", outputs());
    Expression losses = code.kept("losses", outputs());
    String shape = outputs().batch("n");
    code.step(call("log_sigmoid_out", logSigmoid, code.output()), shape);
    if (!posWeights.isEmpty()) {
      code.step(logSigmoid.call("mul_", ofTarget(code)), "1 + (posWeight − 1)·target");
    }
    code.step(call("mul_out", losses, code.output(), code.target()), shape);
    code.step(call("sub_out", losses, code.output(), losses), "(1 − target)·output");
    code.step(losses.call("sub_", logSigmoid), "− ln σ(output)");
    if (!weights.isEmpty()) {
      code.step(losses.call("mul_", code.always("weights", call("numbers", weights))), "· weight");
    }
    code.step(call("mean_out", code.result(), losses), "mean over all outputs");
  }

  /** How much an output counts, which depends on its target. */
  private Expression ofTarget(LossCode code) {
    Expression one = create(Types.SCALAR, 1.0);
    Expression moreForYes = code.always("moreForYes", posWeightTensor().call("sub_", one));
    return code.target().call("mul", moreForYes).call("add_", one);
  }

  private Expression posWeightTensor() {
    return call("numbers", posWeights);
  }

  /** σ(x) − y; weighted: (1 + (p − 1)·y)·σ(x) − p·y. */
  @Override
  public void backward(LossCode code) {
    Expression gradient = code.outputGradient();
    Expression oneOverCount =
        code.perBatch("oneOverCount", create(Types.SCALAR, number(1.0).over(count())));
    code.step(call("sigmoid_out", gradient, code.output()), "σ(output)");
    if (posWeights.isEmpty()) {
      code.step(gradient.call("sub_", code.target()), "− target");
    } else {
      Expression weight = code.always("yesWeights", posWeightTensor());
      code.step(gradient.call("mul_", ofTarget(code)), "1 + (posWeight − 1)·target");
      code.step(gradient.call("sub_", code.target().call("mul", weight)), "− posWeight·target");
    }
    if (!weights.isEmpty()) {
      code.step(
          gradient.call("mul_", code.always("weights", call("numbers", weights))), "· weight");
    }
    code.step(gradient.call("mul_", oneOverCount), "/ all outputs");
  }

  @Override
  protected Expression autograd(Expression output, Expression target) {
    String function = "binary_cross_entropy_with_logits";
    if (posWeights.isEmpty() && weights.isEmpty()) {
      return call(function, output, target);
    }
    return call(function, output, target, optional(weights), optional(posWeights), MEAN);
  }

  private static Expression optional(List<Double> numbers) {
    return numbers.isEmpty() ? NONE : create(Types.TENSOR_OPTIONAL, call("numbers", numbers));
  }

  @Override
  public String formula() {
    return "mean of (1 − target)·output − ln σ(output)";
  }
}
