package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.stream.Collectors;

/** {@code @CrossEntropyLoss}: −ln softmax(x)[target], averaged over the batch. */
final class CrossEntropy extends ClassLoss {
  private final List<Double> weights;
  private final double smoothing;

  CrossEntropy(Written written, Report report) {
    super(written, report);
    weights = written.numbers("weight");
    smoothing = written.checked("labelSmoothing", "from 0 to 1", s -> s >= 0 && s <= 1, report);
    for (int i = 0; i < weights.size(); i++) {
      if (!(weights.get(i) >= 0) || Double.isInfinite(weights.get(i))) {
        report.say(
            Message.OUT_OF_RANGE,
            written.at("weight", i),
            "a weight",
            name(),
            "at least 0",
            weights.get(i));
      }
    }
  }

  @Override
  public boolean takesRawScores() {
    return true;
  }

  /** Otherwise the mean is one over what the targets of the whole batch weigh. */
  @Override
  public boolean isDivisible() {
    return weights.isEmpty();
  }

  @Override
  public List<Double> classWeights() {
    return weights;
  }

  @Override
  public void check(Incoming output, Report report) {
    super.check(output, report);
    if (!weights.isEmpty() && !Shape.same(weights.size(), classes())) {
      report.say(
          Message.WEIGHTS_DIFFER,
          written().at("weight"),
          "weight",
          name(),
          weights.size(),
          classes(),
          "classes",
          output.from(),
          scores());
    }
  }

  @Override
  public void forward(LossCode code) {
    String logProbabilities = kept("logProbabilities", code);
    code.step(
        "log_softmax_out(" + logProbabilities + ", " + output(code) + ", 1)", scores().batch("n"));
    if (isDivisible() && smoothing == 0) {
      likelihood(logProbabilities, code);
      return;
    }
    String weight =
        weights.isEmpty()
            ? "NONE"
            : code.always(
                "classWeightsOptional",
                "TensorOptional",
                "new TensorOptional(" + classWeights(code) + ")");
    code.step(
        code.result() + ".copy_(" + call(output(code), target(code), weight) + ")", "mean over n");
  }

  private String call(String output, String target, String weight) {
    return "cross_entropy_loss("
        + output
        + ", "
        + target
        + ", "
        + weight
        + ", "
        + MEAN
        + ", "
        + ignored()
        + ", "
        + smoothing
        + ")";
  }

  private String classWeights(LossCode code) {
    return code.always("classWeights", "Tensor", weightTensor());
  }

  private String weightTensor() {
    return "classWeights("
        + weights.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + ")";
  }

  @Override
  public void backward(LossCode code) {
    String gradient = outputGradient(code);
    code.step("exp_out(" + gradient + ", " + kept("logProbabilities", code) + ")", "softmax");
    if (isDivisible()) {
      backwardUnweighted(gradient, code);
    } else {
      backwardWeighted(gradient, code);
    }
  }

  private void backwardUnweighted(String gradient, LossCode code) {
    String name = smoothing == 0 ? "minusOnes" : "minusKept";
    String value = smoothing == 0 ? "-1" : String.valueOf(-(1 - smoothing));
    String minusKept =
        code.perBatch(name, "Tensor", "filled(" + value + ", " + onePerTarget() + ")");
    atTargets("scatter_add_", minusKept, "− one-hot target", code);
    if (smoothing > 0) {
      String spread = scalar("spread", smoothing / classes(), code);
      code.step(gradient + ".sub_(" + spread + ")", "− what is spread over all classes");
    }
    String oneOverTotal =
        code.perBatch("oneOverTotal", "Scalar", "new Scalar(1.0 / " + count() + ")");
    code.step(gradient + ".mul_(" + oneOverTotal + ")", "/ total");
    countOnly(code);
  }

  /**
   * With w the weight of a row's target (0 where it is ignored), c whether it counts and s what is
   * spread over each class: softmax·((1 − smoothing)·w + s·c·Σ weights) − (1 − smoothing)·w·one-hot
   * − s·c·weights, over the sum of all w.
   */
  private void backwardWeighted(String gradient, LossCode code) {
    String classWeights = classWeights(code);
    double spread = smoothing / classes();
    String all = classWeights + ".sum().item_double()";
    code.step("var counts = " + target(code) + ".ne(new Scalar(" + ignored() + "))", "not ignored");
    code.step("var rightClass = " + target(code) + ".mul(counts)", "0 where ignored");
    code.step(
        "var weight = "
            + classWeights
            + ".index_select(0, rightClass.flatten()).view_as(rightClass).mul_(counts)",
        "of each target");
    code.step("var sum = weight.sum()", "");
    code.step("weight.mul_(" + scalar("keptShare", 1 - smoothing, code) + ")", "");
    code.step(
        smoothing == 0
            ? gradient + ".mul_(weight.unsqueeze(1))"
            : gradient
                + ".mul_(weight.add(counts, "
                + scalar("spreadOverAll", spread + " * " + all, code)
                + ").unsqueeze(1))",
        "softmax, weighted");
    code.step(
        gradient + ".scatter_add_(1, rightClass.unsqueeze(1), weight.neg().unsqueeze(1))",
        "− one-hot target, weighted");
    if (smoothing > 0) {
      code.step(
          gradient
              + ".addcmul_(counts.to("
              + gradient
              + ".scalar_type()).unsqueeze(1), "
              + classWeights
              + ".view(1, -1"
              + ", 1".repeat(rank() - 1)
              + "), "
              + scalar("minusSpread", -spread, code)
              + ")",
          "− what is spread over all classes");
    }
    code.step(gradient + ".div_(sum)", "/ what all targets weigh");
    code.step(
        "leaveOutIgnored(" + gradient + ", " + code.target() + ")", "also where nothing counts");
  }

  private static String scalar(String name, double value, LossCode code) {
    return scalar(name, String.valueOf(value), code);
  }

  private static String scalar(String name, String value, LossCode code) {
    return code.perBatch(name, "Scalar", "new Scalar(" + value + ")");
  }

  @Override
  public String autograd(String allScores, String allTargets) {
    String output = byRows() ? allScores + ".flatten(0, -2)" : allScores;
    String target = byRows() ? allTargets + ".flatten()" : allTargets;
    String weight = weights.isEmpty() ? "NONE" : "new TensorOptional(" + weightTensor() + ")";
    return isDivisible() && smoothing == 0 && likelihoodArguments().isEmpty()
        ? "cross_entropy_loss(" + output + ", " + target + ")"
        : call(output, target, weight);
  }

  @Override
  public String formula() {
    return weights.isEmpty() && smoothing == 0
        ? "−1/n · Σ ln softmax(output)[target]"
        : "the weighted mean of −ln softmax(output)[target], labels smoothed by " + smoothing;
  }
}
