package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Shape;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/** Losses of scores for classes: (N, C, …) with targets (N, …). */
abstract class ClassLoss extends Loss {
  private Shape scores = Shape.of(1);

  ClassLoss(Written written) {
    super(written);
  }

  @Override
  public void check(Incoming output, Report report) {
    if (output.shape().isPresent()) {
      scores = output.shape().get();
      if (classes() < 2) {
        report.say(
            Message.LOSS_DOES_NOT_FIT,
            written().at(),
            name(),
            "(N, C) with C ≥ 2 classes",
            output.from(),
            scores,
            "one class leaves nothing to decide: two classes need two scores, or one with"
                + " @BCEWithLogitsLoss");
      }
    }
  }

  final Shape scores() {
    return scores;
  }

  final long classes() {
    return scores.sizes().get(0);
  }

  /** For how many places of an example there is a class. */
  final long places() {
    return scores.elements() / classes();
  }

  private List<Long> rest() {
    return scores.sizes().subList(1, scores.rank());
  }

  @Override
  public final String targets() {
    String rest = new Shape(rest()).list();
    return "classes(" + classes() + (rest.isEmpty() ? "" : ", " + rest) + ")";
  }

  @Override
  public final String decision() {
    return "ARGMAX";
  }

  /** The number of targets of the whole batch, as an expression. */
  final String count() {
    return places() == 1 ? "total" : "(total * " + places() + ")";
  }

  /** The sizes of a tensor with one number for each target: {@code n, 1, …}. */
  final String onePerTarget() {
    return new Shape(rest()).batch("n, 1").replaceAll("[()]", "");
  }

  /** The loss of log-probabilities, where nothing is weighted. */
  final void likelihood(String logProbabilities, LossCode code) {
    String arguments = logProbabilities + ", " + code.target() + ")";
    code.step(
        scores.rank() == 1
            ? "nll_loss_out(" + code.result() + ", " + arguments
            : code.result() + ".copy_(nll_loss_nd(" + arguments + ")",
        "mean over n");
  }
}
