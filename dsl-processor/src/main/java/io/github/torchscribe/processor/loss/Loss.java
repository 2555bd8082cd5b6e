package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Expressions;
import io.github.torchscribe.processor.code.LossCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.Optional;

/**
 * The loss of a network, with its values. Subclasses are the kinds of loss.
 *
 * <p>Shares of a batch are put together by weights and sums, which says over what a mean is taken:
 * {@link #forward} gives the mean over the {@code n} rows at hand, and shares' losses are averaged,
 * each weighted by its rows; {@link #backward} gives the gradient of the mean over all {@code
 * total} rows of the batch, and shares' gradients are added. So the loss divides by {@code n}
 * (libtorch's own mean does), its gradient by {@code total}.
 */
public abstract class Loss {
  /** For a loss that takes no targets. */
  public static final Expression NO_TARGETS = Expressions.NULL;

  private final Written written;

  /**
   * A loss whose values have been checked.
   *
   * @param written where it stands
   */
  protected Loss(Written written) {
    this.written = written;
  }

  /**
   * The annotation.
   *
   * @return where it stands
   */
  public final Written written() {
    return written;
  }

  /**
   * PyTorch's name of the loss.
   *
   * @return for example {@code CrossEntropyLoss}
   */
  public String name() {
    return written.name();
  }

  /**
   * Whether the loss takes logits, which no activation should touch.
   *
   * @return for lints
   */
  public abstract boolean takesRawScores();

  /**
   * What the loss takes the numbers for that it reads.
   *
   * @param which of its values, counted from 0
   * @return for lints; whatever arrives, unless the loss says more
   */
  public Reading reading(int which) {
    return Reading.ANY;
  }

  /**
   * Whether the batch's loss is the mean of its rows' losses, so that workers may divide a batch.
   *
   * @return false where the mean is over something that only all targets together tell, such as
   *     what they weigh
   */
  public boolean isDivisible() {
    return true;
  }

  /**
   * What each class weighs.
   *
   * @return a number for each, as stated; none where all weigh the same
   */
  public List<Double> classWeights() {
    return List.of();
  }

  /**
   * Checks that the loss can take the value that it reads, where it reads one.
   *
   * @param output shape, where it is known, and who gives it
   * @param report is told when it does not fit
   */
  protected void check(Incoming output, Report report) {
    throw new IllegalStateException("@" + name() + " reads several values");
  }

  /**
   * How many values the loss reads.
   *
   * @return 1, unless it compares several
   */
  public int values() {
    return 1;
  }

  /**
   * Checks that the loss can take what it reads.
   *
   * @param outputs as many as {@link #values} says, in order
   * @param report is told when they do not fit
   */
  public void check(List<Incoming> outputs, Report report) {
    check(outputs.get(0), report);
  }

  /**
   * What leaves padding out of what the loss reads, where it is known.
   *
   * @return a layer that reads what says so behind its own value, and gives what the loss reads;
   *     empty for a loss to which all places are alike
   */
  public Optional<Layer> leavesPaddingOut() {
    return Optional.empty();
  }

  /**
   * What the loss takes as targets.
   *
   * @return an expression that makes a {@code TensorSpec} of the runtime's; {@link #NO_TARGETS} for
   *     a loss that compares values with each other alone
   */
  public abstract Expression targets();

  /**
   * Whether the loss compares what it reads with targets.
   *
   * @return false where it compares values with each other alone
   */
  public final boolean takesTargets() {
    return targets() != NO_TARGETS;
  }

  /**
   * How an output is read as a class.
   *
   * @return a constant of the runtime's {@code Decision}
   */
  public abstract String decision();

  /**
   * Says how the loss is computed: a mean over the {@code n} rows at hand.
   *
   * @param code takes statements
   */
  public abstract void forward(LossCode code);

  /**
   * Says how the output's gradient is computed: of the mean over all {@code total} rows.
   *
   * @param code takes statements
   */
  public abstract void backward(LossCode code);

  /**
   * Says the loss as one differentiable expression, a mean over all rows: there is one share.
   *
   * @param outputs what it reads
   * @param target an expression
   * @param which says which of the network's losses this is, as {@link LossCode#which}
   * @return an expression
   */
  public Expression autograd(List<Expression> outputs, Expression target, List<Object> which) {
    return autograd(outputs.get(0), target);
  }

  /**
   * The same for a loss that reads one value.
   *
   * @param output an expression
   * @param target an expression
   * @return an expression
   */
  protected Expression autograd(Expression output, Expression target) {
    throw new IllegalStateException("@" + name() + " reads several values");
  }

  /**
   * The loss' formula, for the generated Javadoc.
   *
   * @return one line
   */
  public abstract String formula();
}
