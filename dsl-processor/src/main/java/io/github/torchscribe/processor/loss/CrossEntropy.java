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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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
  protected void check(Incoming output, Report report) {
    super.check(output, report);
    if (!weights.isEmpty() && !Shape.same(weights.size(), classes())) {
      report.say(
          Message.WEIGHTS_DIFFER,
          written().at("weight"),
          "weight",
          name(),
          weights.size(),
          weights.size() == 1 ? "" : "s",
          classes(),
          "classes",
          output.from(),
          scores());
    }
  }

  @Override
  public void forward(LossCode code) {
    Expression logProbabilities = kept("logProbabilities", code);
    code.step(call("log_softmax_out", logProbabilities, output(code), 1), scores().batch("n"));
    if (isDivisible() && smoothing == 0) {
      likelihood(logProbabilities, code);
      return;
    }
    Expression weight =
        weights.isEmpty()
            ? NONE
            : code.always(
                "classWeightsOptional", create(Types.TENSOR_OPTIONAL, classWeights(code)));
    Expression loss = weighted(output(code), target(code), weight);
    code.step(code.result().call("copy_", loss), "mean over n");
  }

  private Expression weighted(Expression output, Expression target, Expression weight) {
    return call("cross_entropy_loss", output, target, weight, MEAN, ignored(), smoothing);
  }

  private Expression classWeights(LossCode code) {
    return code.always("classWeights", weightTensor(code.which()));
  }

  private Expression weightTensor(List<Object> which) {
    return call(which.isEmpty() ? "classWeights" : "classWeightsOf", which, weights);
  }

  @Override
  public void backward(LossCode code) {
    Expression gradient = outputGradient(code);
    if (isDivisible()) {
      backwardUnweighted(gradient, code);
    } else {
      code.step(call("exp_out", gradient, kept("logProbabilities", code)), "softmax");
      backwardWeighted(gradient, code);
    }
  }

  private void backwardUnweighted(Expression gradient, LossCode code) {
    Expression factor = number(1.0).over(count());
    List<Object> smoothed = smoothing == 0 ? List.of() : List.of(smoothing);
    Expression made =
        call("classGradient", gradient, kept("logProbabilities", code), factor, smoothed);
    Expression field = code.perBatch("classGradient", Types.CLASS_GRADIENT, made);
    Expression known = call("known", target(code), code.which());
    code.step(
        field.call("of", known),
        smoothing == 0
            ? "(softmax − one-hot target) / total"
            : "(softmax − smoothed target) / total");
    countOnly(code);
  }

  /**
   * With w the weight of a row's target (0 where it is ignored), c whether it counts and s what is
   * spread over each class: softmax·((1 − smoothing)·w + s·c·Σ weights) − (1 − smoothing)·w·one-hot
   * − s·c·weights, over the sum of all w.
   */
  private void backwardWeighted(Expression gradient, LossCode code) {
    Expression classWeights = classWeights(code);
    double spread = smoothing / classes();
    Expression all = classWeights.call("sum").call("item_double");
    Expression counts =
        code.local(
            "counts", target(code).call("ne", create(Types.SCALAR, ignored())), "not ignored");
    Expression rightClass =
        code.local("rightClass", target(code).call("mul", counts), "0 where ignored");
    Expression weight =
        code.local(
            "weight",
            classWeights
                .call("index_select", 0, rightClass.call("flatten"))
                .call("view_as", rightClass)
                .call("mul_", counts),
            "of each target");
    Expression sum = code.local("sum", weight.call("sum"), "");
    code.step(weight.call("mul_", scalar("keptShare", 1 - smoothing, code)), "");
    Expression spreadWeight =
        smoothing == 0
            ? weight
            : weight.call("add", counts, scalar("spreadOverAll", number(spread).times(all), code));
    code.step(gradient.call("mul_", spreadWeight.call("unsqueeze", 1)), "softmax, weighted");
    code.step(
        gradient.call(
            "scatter_add_",
            1,
            rightClass.call("unsqueeze", 1),
            weight.call("neg").call("unsqueeze", 1)),
        "− one-hot target, weighted");
    if (smoothing > 0) {
      List<Integer> sizes = new ArrayList<>(Collections.nCopies(rank() + 1, 1));
      sizes.set(1, -1);
      code.step(
          gradient.call(
              "addcmul_",
              counts.call("to", gradient.call("scalar_type")).call("unsqueeze", 1),
              classWeights.call("view", sizes),
              scalar("minusSpread", -spread, code)),
          "− what is spread over all classes");
    }
    code.step(gradient.call("div_", sum), "/ what all targets weigh");
    code.step(
        call("leaveOutIgnored", gradient, code.target(), code.which()),
        "also where nothing counts");
  }

  private static Expression scalar(String name, Object value, LossCode code) {
    return code.perBatch(name, create(Types.SCALAR, value));
  }

  @Override
  public Expression autograd(List<Expression> outputs, Expression allTargets, List<Object> which) {
    Expression allScores = outputs.get(0);
    Expression output = byRows() ? allScores.call("flatten", 0, -2) : allScores;
    Expression target = byRows() ? allTargets.call("flatten") : allTargets;
    if (isDivisible() && smoothing == 0 && likelihoodArguments().isEmpty()) {
      return call("cross_entropy_loss", output, target);
    }
    return weighted(
        output,
        target,
        weights.isEmpty() ? NONE : create(Types.TENSOR_OPTIONAL, weightTensor(which)));
  }

  @Override
  public String formula() {
    return weights.isEmpty() && smoothing == 0
        ? "−1/n · Σ ln softmax(output)[target]"
        : "the weighted mean of −ln softmax(output)[target], labels smoothed by " + smoothing;
  }
}
