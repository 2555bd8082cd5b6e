package io.github.torchscribe.processor.loss;

import static io.github.torchscribe.processor.code.Expressions.N;
import static io.github.torchscribe.processor.code.Expressions.NONE;
import static io.github.torchscribe.processor.code.Expressions.TOTAL;
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
 * Losses of scores for classes: (N, C, …) with targets (N, …). Where the classes are the last
 * dimension, all others are taken for rows.
 */
abstract class ClassLoss extends Loss {
  /** libtorch's name of the mean. */
  static final int MEAN = 1;

  private static final int LAST = -1;

  /** What libtorch ignores unless it is told otherwise. */
  private static final int USUAL = -100;

  private final boolean last;
  private final int ignored;
  private Shape scores = Shape.of(1);

  ClassLoss(Written written, Report report) {
    super(written);
    ignored = written.number("ignoreIndex").intValue();
    last =
        written.has("dim")
            && written.checked("dim", "1, or -1 for the last", d -> d == 1 || d == LAST, report)
                == LAST;
  }

  @Override
  protected void check(Incoming output, Report report) {
    scores = output.shape();
    if (classes() == 1 || !scores.open() && scores.rank() == 0) {
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

  final Shape scores() {
    return scores;
  }

  final long classes() {
    return last ? scores.last() : scores.first();
  }

  /** Whether the scores of each place are a row of a matrix. */
  final boolean byRows() {
    return last && scores.rank() > 1;
  }

  /** The scores, as classes are looked for in dimension 1. */
  final Expression output(LossCode code) {
    return byRows() ? code.outputRows() : code.output();
  }

  /** The classes, one for each row where there are rows. */
  final Expression target(LossCode code) {
    return byRows() ? code.target().call("flatten") : code.target();
  }

  /** Where the gradient of the scores goes. */
  final Expression outputGradient(LossCode code) {
    return byRows() ? code.outputGradientRows() : code.outputGradient();
  }

  /** Results of forward that have the scores' shape. */
  final Expression kept(String name, LossCode code) {
    Expression all = code.kept(name, scores);
    return byRows() ? code.always(name + "Rows", all.call("view", -1, classes())) : all;
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
  public final Expression targets() {
    return call(Types.TENSOR_SPEC, "indices", classes(), rest()).call("ignoring", ignored);
  }

  @Override
  public final String decision() {
    return byRows() ? "ARGMAX_LAST" : "ARGMAX";
  }

  /** The number of targets of the whole batch, as an expression. */
  final Expression count() {
    return places() == 1 ? TOTAL : TOTAL.times(places());
  }

  /** The sizes of a tensor with one number for each target: {@code n, 1, …}. */
  final List<Object> onePerTarget() {
    return byRows() ? List.of(N.times(places()), 1) : List.of(N, 1, rest());
  }

  /** The target that does not count. */
  final int ignored() {
    return ignored;
  }

  /** What follows output and target in a call of libtorch's; nothing where it is what it takes. */
  final List<Object> likelihoodArguments() {
    return ignored == USUAL ? List.of() : List.of(NONE, MEAN, ignored);
  }

  /** The loss of log-probabilities, where nothing is weighted. */
  final void likelihood(Expression logProbabilities, LossCode code) {
    List<Object> arguments = List.of(logProbabilities, target(code), likelihoodArguments());
    code.step(
        scores.rank() == 1 || byRows()
            ? call("nll_loss_out", code.result(), arguments)
            : code.result().call("copy_", call("nll_loss_nd", arguments)),
        "mean over n");
  }

  /**
   * Adds values to the gradient at the targets.
   *
   * @param function that does so
   */
  final void atTargets(String function, Expression values, String comment, LossCode code) {
    Expression known = call("known", target(code), code.which()).call("unsqueeze", 1);
    code.step(outputGradient(code).call(function, 1, known, values), comment);
  }

  /** Where some targets are ignored, makes a mean over the others of the gradient. */
  final void countOnly(LossCode code) {
    code.step(
        call("countOnly", outputGradient(code), code.target(), code.which()),
        "without what is ignored");
  }
}
