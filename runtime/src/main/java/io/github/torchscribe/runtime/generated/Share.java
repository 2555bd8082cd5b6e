package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.torch.Shapes;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * One worker's share of a pass over a batch: some of its rows, one row for each example, and then
 * some of the parameters. The processor writes one subclass per network; its fields are the tensors
 * that the steps read and write, shaped for the batch at hand.
 *
 * <p>A training step has two phases. In the first each share runs forward, loss and backward over
 * its rows. When all have, each brings some of the parameters' gradients about, from all rows: no
 * two shares write to one place, and nobody changes a parameter that another still reads.
 */
public abstract class Share extends Bagging {
  private boolean keepsInput;
  private double loss;
  private long counting;
  private long correct;
  private long decisions;

  /** A share that is bound to no batch yet. */
  protected Share() {}

  // What the processor writes.

  /** Assigns the fields that the forward pass and the loss use. */
  protected void bind() {}

  /** Assigns the fields that training uses besides. */
  protected void bindTraining() {}

  /** Assigns the fields that are views of the share's rows of the input. */
  protected void bindInput() {}

  /** Assigns the fields that are views of the whole input, which training uses besides. */
  protected void bindWholeInput() {}

  /**
   * Runs the network.
   *
   * @param input the share's rows: (n, example…), of which there are views
   * @return the share's output, which the next pass overwrites
   */
  protected abstract Tensor forward(Tensor input);

  /**
   * What the user's own forward gave, unless it is not what the loss was checked against.
   *
   * @param output of any shape
   * @return the same
   */
  protected final Tensor checked(Tensor output) {
    long[] wanted = buffers().network().batchOutput(n);
    if (output == null || !Arrays.equals(wanted, Shapes.of(output))) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "forward of %s gave %s, but %s was to come; state what it gives by @Network(output ="
                  + " …)",
              buffers().network().name(),
              output == null ? "null" : Shapes.describe(output),
              Arrays.toString(wanted).replace('[', '(').replace(']', ')')));
    }
    return output;
  }

  /**
   * Computes the loss of the last forward pass, averaged over the share's rows.
   *
   * @param target the share's rows: (n)
   * @return a single number, which the next pass overwrites
   */
  protected Tensor loss(Tensor target) {
    throw new IllegalStateException(buffers().network().name() + " has no loss");
  }

  /**
   * Computes the gradient of the batch's mean loss with respect to the layers' outputs.
   *
   * @param target the share's rows: (n)
   */
  protected void backward(Tensor target) {
    throw new IllegalStateException(
        buffers().network().name() + " has nothing to learn: no layer of it has parameters");
  }

  /** Writes the gradients of the share's part of the parameters. */
  protected void gradients() {}

  /**
   * Does a plain step of gradient descent with the share's part of the parameters, where the
   * optimizer is no more than that.
   *
   * @param minusLr the learning rate, negated
   */
  protected void descend(Scalar minusLr) {
    throw new IllegalStateException(buffers().network().name() + " has no plain gradient descent");
  }

  // What the pass asks for.

  /**
   * Takes part in a batch, in a scope that is open as long as that.
   *
   * @param buffers that have it
   * @param number of the share, from 0
   * @param keepsInput whether all batches to come lie in the same tensor
   */
  public final void begin(Buffers buffers, int number, boolean keepsInput) {
    take(buffers, number);
    this.keepsInput = keepsInput;
    bind();
    if (buffers.isTraining()) {
      bindTraining();
    }
    if (keepsInput) {
      takeInput();
    }
  }

  private void takeInput() {
    input = mine(buffers().input());
    bindInput();
    if (isTraining()) {
      bindWholeInput();
    }
  }

  private Tensor forward() {
    if (!keepsInput) {
      takeInput();
    }
    return forward(input);
  }

  /** Before a training step in mixed precision: the share's part of the parameters in bfloat16. */
  public final void lower() {
    part(buffers().loweredValues()).copy_(part(buffers().weights().values()));
  }

  /** The first phase of a training step: forward, loss and backward. */
  public final void learn() {
    Tensor target = mine(buffers().target());
    forward();
    Tensor mean = loss(target);
    backward(target);
    loss = mean.item_float();
    counting = counting(target);
  }

  /** The second phase: the gradients of the share's part of the parameters. */
  public final void learnParameters() {
    gradients();
  }

  /**
   * The second phase where the optimizer is plain gradient descent: with the update.
   *
   * @param minusLr the learning rate, negated
   */
  public final void updateParameters(Scalar minusLr) {
    descend(minusLr);
  }

  private long counting(Tensor target) {
    long all = target.numel();
    return buffers().counted().leavesOut() ? all - isIgnored(target).sum().item_long() : all;
  }

  /**
   * Loss and decisions.
   *
   * @param result receives the output, unless it is null
   */
  public final void evaluate(Tensor result) {
    Tensor target = mine(buffers().target());
    Tensor output = forward();
    if (result != null) {
      mine(result).copy_(output);
    }
    loss = loss(target).item_float();
    counting = counting(target);
    Decision decision = buffers().network().decision();
    if (decision != Decision.NONE) {
      Tensor isRight = decision.classes(output).eq(decision.right(target));
      if (buffers().counted().leavesOut()) {
        isRight.logical_and_(isIgnored(target).logical_not_());
      }
      correct = isRight.sum().item_long();
      decisions = counting;
    }
  }

  /** Writes the output into the share's rows of {@code result}. */
  public final void infer(Tensor result) {
    mine(result).copy_(forward());
  }

  /** The share's part of the batch's mean loss, which is NaN where nothing counts. */
  public final double lossPart() {
    Counted all = buffers().counted();
    if (buffers().shares() == 1 || !all.leavesOut()) {
      return loss * n / total;
    }
    return counting == 0 && all.counting() > 0 ? 0 : loss * counting / all.counting();
  }

  /** How many decisions of the last evaluation were right. */
  public final long correct() {
    return correct;
  }

  /** How many decisions the last evaluation had. */
  public final long decisions() {
    return decisions;
  }
}
