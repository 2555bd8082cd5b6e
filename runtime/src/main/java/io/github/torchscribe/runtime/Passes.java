package io.github.torchscribe.runtime;

import java.util.Arrays;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The part of a model that the processor writes, and what it writes it with. */
abstract class Passes {
  /** The name of the declaring interface. */
  abstract String network();

  /**
   * Makes the views of all parameters and gradients.
   *
   * @param values all parameters, flat
   * @param gradients all gradients, flat
   */
  protected abstract void bind(Tensor values, Tensor gradients);

  /**
   * Draws all parameters, in the order that PyTorch draws them.
   *
   * @param generator drawn from
   */
  protected abstract void initialize(GeneratorOptional generator);

  /**
   * Runs the network.
   *
   * @param input of shape (n, example…)
   * @param mode decides which buffers are written
   * @return the output: a buffer that the next pass overwrites
   */
  protected abstract Tensor forward(Tensor input, Mode mode);

  /**
   * Computes the loss of the last forward pass of that mode.
   *
   * @param target of shape (n)
   * @param mode as for forward
   * @return a single number: a buffer that the next pass overwrites
   */
  protected Tensor loss(Tensor target, Mode mode) {
    throw new IllegalStateException(
        network() + " has no loss: annotate it, for example with @CrossEntropyLoss");
  }

  /**
   * Writes the gradient of the last training loss.
   *
   * @param target as for the loss
   */
  protected void backward(Tensor target) {
    throw new IllegalStateException(
        network() + " has nothing to learn: no layer of it has parameters");
  }

  /**
   * Backward and a plain step of gradient descent in one, where the processor wrote it.
   *
   * @param target as for the loss
   * @param minusLr the learning rate, negated
   * @return false when there is no such method; then nothing was done
   */
  protected boolean descend(Tensor target, Scalar minusLr) {
    return false;
  }

  /**
   * A piece of a flat tensor.
   *
   * @param flat one dimension
   * @param offset where it begins
   * @param shape of the view
   * @return a view
   */
  protected static Tensor view(Tensor flat, long offset, long... shape) {
    long size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return flat.narrow(0, offset, size).view(shape);
  }

  /**
   * A piece of a flat tensor as a leaf of autograd's graph, whose gradient goes into another.
   *
   * @param values holds the leaf's value
   * @param gradients receives its gradient
   * @param offset where it begins in both
   * @param shape of the leaf
   * @return a tensor that requires a gradient
   */
  protected static Tensor leaf(Tensor values, Tensor gradients, long offset, long... shape) {
    Tensor leaf = view(values, offset, shape).detach().requires_grad_(true);
    leaf.mutable_grad().put(view(gradients, offset, shape));
    return leaf;
  }
}
