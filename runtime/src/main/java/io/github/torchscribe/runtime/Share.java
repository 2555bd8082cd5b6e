package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Shapes;
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
public abstract class Share extends Differentiable {
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
    long[] wanted = pass().blueprint().batchOutput(n);
    if (output == null || !Arrays.equals(wanted, Shapes.of(output))) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "forward of %s gave %s, but %s was to come; state what it gives by @Network(output ="
                  + " …)",
              pass().blueprint().name(),
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
    throw new IllegalStateException(pass().blueprint().name() + " has no loss");
  }

  /**
   * Computes the gradient of the batch's mean loss with respect to the layers' outputs.
   *
   * @param target the share's rows: (n)
   */
  protected void backward(Tensor target) {
    throw new IllegalStateException(
        pass().blueprint().name() + " has nothing to learn: no layer of it has parameters");
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
    throw new IllegalStateException(pass().blueprint().name() + " has no plain gradient descent");
  }

  // What the pass asks for.

  final void bindTo(Pass owner, int number) {
    take(owner, number);
    bind();
    if (owner.isTraining()) {
      bindTraining();
    }
  }

  /** Makes the views of the input; in a scope that is open as long as they are used. */
  final void takeInput() {
    input = mine(pass().input());
    bindInput();
    if (isTraining()) {
      bindWholeInput();
    }
  }

  private Tensor forward() {
    if (!pass().keepsInput()) {
      takeInput();
    }
    return forward(input);
  }

  /** Before a training step in mixed precision: the share's part of the parameters in bfloat16. */
  final void lower() {
    part(pass().flat().loweredValues()).copy_(part(pass().weights().values()));
  }

  /** The first phase of a training step. */
  final void learn() {
    Tensor target = mine(pass().target());
    forward();
    Tensor mean = loss(target);
    backward(target);
    loss = mean.item_float();
    counting = counting(target);
  }

  private long counting(Tensor target) {
    long all = target.numel();
    return pass().counted().leavesOut() ? all - isIgnored(target).sum().item_long() : all;
  }

  final void evaluate(Tensor result) {
    Tensor target = mine(pass().target());
    Tensor output = forward();
    if (result != null) {
      mine(result).copy_(output);
    }
    loss = loss(target).item_float();
    counting = counting(target);
    Decision decision = pass().blueprint().decision();
    if (decision != Decision.NONE) {
      Tensor isRight = decision.classes(output).eq(decision.right(target));
      if (pass().counted().leavesOut()) {
        isRight.logical_and_(isIgnored(target).logical_not_());
      }
      correct = isRight.sum().item_long();
      decisions = counting;
    }
  }

  /** Writes the output into the share's rows of {@code result}. */
  final void infer(Tensor result) {
    mine(result).copy_(forward());
  }

  /** The share's part of the batch's mean loss, which is NaN where nothing counts. */
  final double lossPart() {
    Counted all = pass().counted();
    if (pass().count() == 1 || !all.leavesOut()) {
      return loss * n / total;
    }
    return counting == 0 && all.counting() > 0 ? 0 : loss * counting / all.counting();
  }

  final long correct() {
    return correct;
  }

  final long decisions() {
    return decisions;
  }
}
