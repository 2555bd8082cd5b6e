package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Shape;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.List;

/**
 * Losses of scores for classes: (N, C, …) with targets (N, …). Where the classes are the last
 * dimension, all others are taken for rows.
 */
abstract class ClassLoss extends Loss {
  private static final int LAST = -1;

  private final boolean last;
  private Shape scores = Shape.of(1);

  ClassLoss(Written written, Report report) {
    super(written);
    last =
        written.has("dim")
            && written.checked("dim", "1, or -1 for the last", d -> d == 1 || d == LAST, report)
                == LAST;
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
    return scores.sizes().get(byRows() ? scores.rank() - 1 : 0);
  }

  /** Whether the scores of each place are a row of a matrix. */
  final boolean byRows() {
    return last && scores.rank() > 1;
  }

  /** The scores, as classes are looked for in dimension 1. */
  final String output(LossCode code) {
    return byRows() ? code.outputRows() : code.output();
  }

  /** The classes, one for each row where there are rows. */
  final String target(LossCode code) {
    return byRows() ? code.target() + ".flatten()" : code.target();
  }

  /** Where the gradient of the scores goes. */
  final String outputGradient(LossCode code) {
    return byRows() ? code.outputGradientRows() : code.outputGradient();
  }

  /** Results of forward that have the scores' shape. */
  final String kept(String name, LossCode code) {
    String all = code.kept(name, scores);
    return byRows()
        ? code.always(name + "Rows", "Tensor", all + ".view(-1, " + classes() + ")")
        : all;
  }

  /** For how many places of an example there is a class. */
  final long places() {
    return scores.elements() / classes();
  }

  /** How many dimensions the scores have, the batch's not counted. */
  final int rank() {
    return byRows() ? 1 : scores.rank();
  }

  private List<Long> rest() {
    return byRows()
        ? scores.sizes().subList(0, scores.rank() - 1)
        : scores.sizes().subList(1, scores.rank());
  }

  @Override
  public final String targets() {
    String rest = new Shape(rest()).list();
    return "indices(" + classes() + (rest.isEmpty() ? "" : ", " + rest) + ")";
  }

  @Override
  public final String decision() {
    return byRows() ? "ARGMAX_LAST" : "ARGMAX";
  }

  /** The number of targets of the whole batch, as an expression. */
  final String count() {
    return places() == 1 ? "total" : "(total * " + places() + ")";
  }

  /** The sizes of a tensor with one number for each target: {@code n, 1, …}. */
  final String onePerTarget() {
    return byRows()
        ? "n * " + places() + ", 1"
        : new Shape(rest()).batch("n, 1").replaceAll("[()]", "");
  }

  /** The loss of log-probabilities, where nothing is weighted. */
  final void likelihood(String logProbabilities, LossCode code) {
    String arguments = logProbabilities + ", " + target(code) + ")";
    code.step(
        scores.rank() == 1 || byRows()
            ? "nll_loss_out(" + code.result() + ", " + arguments
            : code.result() + ".copy_(nll_loss_nd(" + arguments + ")",
        "mean over n");
  }
}
