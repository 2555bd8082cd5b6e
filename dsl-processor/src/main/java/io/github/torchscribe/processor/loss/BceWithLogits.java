package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.stream.Collectors;

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
    String logSigmoid = code.kept("logSigmoid", outputs());
    String losses = code.kept("losses", outputs());
    code.step("log_sigmoid_out(" + logSigmoid + ", " + code.output() + ")", outputs().batch("n"));
    if (!posWeights.isEmpty()) {
      code.step(logSigmoid + ".mul_(" + weights(code) + ")", "1 + (posWeight − 1)·target");
    }
    code.step(
        "mul_out(" + losses + ", " + code.output() + ", " + code.target() + ")",
        outputs().batch("n"));
    code.step(
        "sub_out(" + losses + ", " + code.output() + ", " + losses + ")", "(1 − target)·output");
    code.step(losses + ".sub_(" + logSigmoid + ")", "− ln σ(output)");
    code.step("mean_out(" + code.result() + ", " + losses + ")", "mean over all outputs");
  }

  /** How much each output counts. */
  private String weights(LossCode code) {
    String moreForYes =
        code.always("moreForYes", "Tensor", posWeightTensor() + ".sub_(new Scalar(1.0))");
    return code.target() + ".mul(" + moreForYes + ").add_(new Scalar(1.0))";
  }

  private String posWeightTensor() {
    return "numbers("
        + posWeights.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + ")";
  }

  /** σ(x) − y; weighted: (1 + (p − 1)·y)·σ(x) − p·y. */
  @Override
  public void backward(LossCode code) {
    String gradient = code.outputGradient();
    String oneOverCount =
        code.perBatch("oneOverCount", "Scalar", "new Scalar(1.0 / " + count() + ")");
    code.step("sigmoid_out(" + gradient + ", " + code.output() + ")", "σ(output)");
    if (posWeights.isEmpty()) {
      code.step(gradient + ".sub_(" + code.target() + ")", "− target");
    } else {
      String weight = code.always("yesWeights", "Tensor", posWeightTensor());
      code.step(gradient + ".mul_(" + weights(code) + ")", "1 + (posWeight − 1)·target");
      code.step(
          gradient + ".sub_(" + code.target() + ".mul(" + weight + "))", "− posWeight·target");
    }
    code.step(gradient + ".mul_(" + oneOverCount + ")", "/ all outputs");
  }

  @Override
  public String autograd(String output, String target) {
    String pair = output + ", " + target;
    return posWeights.isEmpty()
        ? "binary_cross_entropy_with_logits(" + pair + ")"
        : "binary_cross_entropy_with_logits("
            + pair
            + ", NONE, new TensorOptional("
            + posWeightTensor()
            + "), "
            + MEAN
            + ")";
  }

  @Override
  public String formula() {
    return "mean of (1 − target)·output − ln σ(output)";
  }
}
