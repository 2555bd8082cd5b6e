package io.github.torchscribe.runtime;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One worker's share of a pass over a batch: some of its rows, one row for each example, and then
 * some of the parameters. The processor writes one subclass per network; its fields are the tensors
 * that the steps read and write, shaped for the batch at hand.
 *
 * <p>A training step has two phases. In the first each share runs forward, loss and backward over
 * its rows. When all have, each brings some of the parameters' gradients about, from all rows: no
 * two shares write to one place, and nobody changes a parameter that another still reads.
 */
public abstract class Share {
  /** How many rows this share has. */
  protected long n;

  /** How many rows the batch has. */
  protected long total;

  private Pass pass;
  private int index;
  private long from;
  private double loss;
  private long correct;
  private long decisions;

  /** A share that is bound to no batch yet. */
  protected Share() {}

  // What the processor writes.

  /** Assigns the fields that the forward pass and the loss use. */
  protected void bind() {}

  /** Assigns the fields that training uses besides. */
  protected void bindTraining() {}

  /**
   * Runs the network.
   *
   * @param input the share's rows: (n, example…)
   * @return the share's output, which the next pass overwrites
   */
  protected abstract Tensor forward(Tensor input);

  /**
   * Computes the loss of the last forward pass, averaged over the share's rows.
   *
   * @param target the share's rows: (n)
   * @return a single number, which the next pass overwrites
   */
  protected Tensor loss(Tensor target) {
    throw new IllegalStateException(pass.blueprint().name() + " has no loss");
  }

  /**
   * Computes the gradient of the batch's mean loss with respect to the layers' outputs.
   *
   * @param target the share's rows: (n)
   */
  protected void backward(Tensor target) {
    throw new IllegalStateException(
        pass.blueprint().name() + " has nothing to learn: no layer of it has parameters");
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
    throw new IllegalStateException(pass.blueprint().name() + " has no plain gradient descent");
  }

  // What it writes with.

  /**
   * The share's rows of a buffer.
   *
   * @param offset of the buffer, in floats per example
   * @param shape for one example
   * @return (n, shape…), contiguous
   */
  protected final Tensor rows(long offset, long... shape) {
    return pass.piece(offset, from, n, shape);
  }

  /**
   * The share's rows of a buffer as a matrix.
   *
   * @param offset of the buffer, in floats per example
   * @param perExample rows of the matrix for one example
   * @param width its columns
   * @return (n · perExample, width), contiguous
   */
  protected final Tensor matrix(long offset, long perExample, long width) {
    return rows(offset, perExample, width).view(n * perExample, width);
  }

  /**
   * All rows of a buffer as a matrix.
   *
   * @param offset of the buffer, in floats per example
   * @param perExample rows of the matrix for one example
   * @param width its columns
   * @return (total · perExample, width), contiguous
   */
  protected final Tensor all(long offset, long perExample, long width) {
    return pass.piece(offset, 0, total, perExample, width).view(total * perExample, width);
  }

  /**
   * The share's part of a tensor, along its first dimension.
   *
   * @param whole any
   * @return a view
   */
  protected final Tensor part(Tensor whole) {
    long size = whole.size(0);
    long begin = index * size / pass.count();
    return whole.narrow(0, begin, (index + 1) * size / pass.count() - begin);
  }

  /**
   * The batch's input, of which {@link #forward} was given some rows.
   *
   * @return (total, example…)
   */
  protected final Tensor wholeInput() {
    return pass.input();
  }

  /**
   * Whether this is a training step's pass.
   *
   * @return false for an evaluation or a prediction
   */
  protected final boolean isTraining() {
    return pass.isTraining();
  }

  /**
   * The model's random stream.
   *
   * @return drawn from by layers such as dropout
   */
  protected final GeneratorOptional generator() {
    return pass.generator();
  }

  /**
   * Room for indices.
   *
   * @param shape the whole shape
   * @return 64-bit integers of any content
   */
  protected final Tensor indices(long... shape) {
    return torch.empty(shape, pass.device().options(torch.ScalarType.Long), null);
  }

  /**
   * A single number with memory of its own.
   *
   * @return a tensor without dimensions
   */
  protected final Tensor number() {
    return torch.empty(new long[0], pass.device().options(torch.ScalarType.Float), null);
  }

  /**
   * A constant tensor with memory of its own.
   *
   * @param value everywhere
   * @param shape the whole shape
   * @return 32-bit floats
   */
  protected final Tensor filled(double value, long... shape) {
    return torch.full(shape, new Scalar(value), pass.device().options(torch.ScalarType.Float));
  }

  // What the pass asks for.

  final void bindTo(Pass owner, int number) {
    pass = owner;
    index = number;
    total = owner.total();
    from = number * total / owner.count();
    n = (number + 1) * total / owner.count() - from;
    bind();
    if (owner.isTraining()) {
      bindTraining();
    }
  }

  /** The first phase of a training step. */
  final void learn() {
    Tensor target = mine(pass.target());
    forward(mine(pass.input()));
    Tensor mean = loss(target);
    backward(target);
    loss = mean.item_float();
  }

  final void evaluate() {
    Tensor target = mine(pass.target());
    Tensor output = forward(mine(pass.input()));
    loss = loss(target).item_float();
    Decision decision = pass.blueprint().decision();
    Tensor right = decision.right(target);
    correct = decision.classes(output).eq(right).sum().item_long();
    decisions = right.numel();
  }

  /** Writes the output into the share's rows of {@code result}. */
  final void infer(Tensor result) {
    mine(result).copy_(forward(mine(pass.input())));
  }

  /** The share's part of the batch's mean loss. */
  final double lossPart() {
    return loss * n / total;
  }

  final long correct() {
    return correct;
  }

  final long decisions() {
    return decisions;
  }

  private Tensor mine(Tensor whole) {
    return pass.count() == 1 ? whole : whole.narrow(0, from, n);
  }
}
