package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.Device;
import org.bytedeco.pytorch.Tensor;

/** Changes parameters along their gradient, {@code torch.optim.Optimizer}. */
public interface Optimizer extends AutoCloseable {
  /**
   * The step size.
   *
   * @return the current learning rate
   */
  double learningRate();

  /**
   * Changes the step size, from the next step on.
   *
   * @param lr a finite number of at least 0, at which schedules may end
   * @throws IllegalArgumentException when it is not
   */
  void learningRate(double lr);

  /**
   * Does one step, in place.
   *
   * @param parameters all of a network's parameters, flat
   * @param gradients as long; may be changed
   */
  void step(Tensor parameters, Tensor gradients);

  /**
   * Whether a step is no more than p ← p − lr·g, so that it may be fused into the computation of
   * the gradient.
   *
   * @return true when nothing else is asked for
   */
  boolean isPlainDescent();

  /**
   * Moves what the optimizer remembers.
   *
   * @param device where the parameters are from now on
   */
  void to(Device device);

  /** Frees what the optimizer remembers. */
  @Override
  void close();
}
