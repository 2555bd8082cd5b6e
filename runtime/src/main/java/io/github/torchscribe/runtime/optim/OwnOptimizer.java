package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.torch.Peers;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What optimizers of your own extend: it keeps what they remember, moves it to other devices, saves
 * it with checkpoints, and asks for a step of those parameters alone that learn, at their rates.
 */
public abstract class OwnOptimizer extends FlatOptimizer {
  /**
   * An optimizer that has not stepped yet.
   *
   * @param lr the learning rate, a finite number above 0
   * @param tensors how many tensors it remembers, each as long as all parameters, 0 at first
   * @throws IllegalArgumentException when one of both is none
   */
  protected OwnOptimizer(double lr, int tensors) {
    super(lr, tensors);
    check(tensors >= 0, "the number of tensors", "0 or above", tensors);
  }

  /**
   * Does a step, in place. What it makes is freed behind it.
   *
   * @param parameters flat: all of a network's that learn at one rate and have done as many steps
   * @param gradients as long; may be changed
   * @param memory as many tensors as were asked for, as long; what is written into them is there in
   *     the next step, also of a run that goes on from a checkpoint
   * @param rate the learning rate, as schedules and groups have it
   * @param step the number of the step, from 1
   */
  protected abstract void update(
      Tensor parameters, Tensor gradients, List<Tensor> memory, double rate, long step);

  /** Nobody knows whether it looks at all parameters at once, such as at their norm. */
  @Override
  public final void divide(Peers peers) {
    if (peers.size() > 1) {
      throw new IllegalStateException(
          getClass().getSimpleName()
              + " is an optimizer of your own, which may look at all parameters at once, so that"
              + " its state cannot be divided among processes: leave shardOptimizer out");
    }
  }

  @Override
  public final boolean capturable() {
    return false; // nobody knows what it does, but that it is handed numbers
  }

  @Override
  final double[] factors(Counts.Count count) {
    return new double[] {rate(), count.steps()};
  }

  @Override
  final void update(Tensor parameters, Tensor gradients, List<Tensor> memory, double... numbers) {
    if (memory.size() != slots()) {
      throw new IllegalStateException(
          getClass().getSimpleName()
              + " remembers "
              + slots()
              + " tensors, but the checkpoint has "
              + memory.size()
              + ": it is of another version of it");
    }
    update(parameters, gradients, memory, numbers[0], (long) numbers[1]);
  }

  /**
   * Weight decay as a penalty: g ← g + by·p, where it pulls.
   *
   * @param parameters as they were given
   * @param gradients as they were given
   * @param by the factor; 0 does nothing
   */
  protected final void penalize(Tensor parameters, Tensor gradients, double by) {
    decay(parameters, gradients, by);
  }

  /**
   * Weight decay that leaves the gradient alone: p ← p·(1 − by), where it pulls.
   *
   * @param parameters as they were given
   * @param by the factor, for example the rate times the decay; 0 does nothing
   */
  protected final void shrink(Tensor parameters, double by) {
    if (by != 0) {
      decayDecoupled(parameters, Factor.of(decoupledDecay(by)));
    }
  }
}
