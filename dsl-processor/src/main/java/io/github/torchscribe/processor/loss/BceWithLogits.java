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

/** {@code @BCEWithLogitsLoss}: (1 − y)·x − ln σ(x), averaged over all outputs of the batch. */
final class BceWithLogits extends PairLoss {
  private final List<Double> posWeights;

  BceWithLogits(Written written, Report report) {
    super(written);
    posWeights = written.numbers("posWeight");
    for (int i = 0; i < posWeights.size(); i++) {
      if (!(posWeights.get(i) > 0) || Double.isInfinite(posWeights.get(i))) {
        report.say(
            Message.OUT_OF_RANGE,
            written.at("posWeight", i),
            "a posWeight",
            name(),
            "above 0",
            posWeights.get(i));
      }
    }
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
  public void check(Incoming output, Report report) {
    super.check(output, report);
    long last = outputs().last();
    if (!posWeights.isEmpty() && !Shape.same(posWeights.size(), last)) {
      report.say(
          Message.WEIGHTS_DIFFER,
          written().at("posWeight"),
          "posWeight",
          name(),
          posWeights.size(),
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
      code.step(logSigmoid.call("mul_", weights(code)), "1 + (posWeight − 1)·target");
    }
    code.step(call("mul_out", losses, code.output(), code.target()), shape);
    code.step(call("sub_out", losses, code.output(), losses), "(1 − target)·output");
    code.step(losses.call("sub_", logSigmoid), "− ln σ(output)");
    code.step(call("mean_out", code.result(), losses), "mean over all outputs");
  }

  /** How much each output counts. */
  private Expression weights(LossCode code) {
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
      code.step(gradient.call("mul_", weights(code)), "1 + (posWeight − 1)·target");
      code.step(gradient.call("sub_", code.target().call("mul", weight)), "− posWeight·target");
    }
    code.step(gradient.call("mul_", oneOverCount), "/ all outputs");
  }

  @Override
  public Expression autograd(Expression output, Expression target) {
    String function = "binary_cross_entropy_with_logits";
    if (posWeights.isEmpty()) {
      return call(function, output, target);
    }
    Expression weight = create(Types.TENSOR_OPTIONAL, posWeightTensor());
    return call(function, output, target, NONE, weight, MEAN);
  }

  @Override
  public String formula() {
    return "mean of (1 − target)·output − ln σ(output)";
  }
}
