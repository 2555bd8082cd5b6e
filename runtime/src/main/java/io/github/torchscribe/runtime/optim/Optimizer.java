package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Peers;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
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
   * Whether parts may be left out of a step, or learn at rates of their own.
   *
   * @return false unless stated otherwise: then all parameters learn, at one rate
   */
  default boolean hasGroups() {
    return false;
  }

  /**
   * Does one step with some of the parameters, in place; asked for only where there {@linkplain
   * #hasGroups are groups}.
   *
   * @param parameters all of a network's parameters, flat
   * @param gradients as long; may be changed
   * @param groups what learns, and at which rates; in order
   */
  default void step(Tensor parameters, Tensor gradients, List<ParameterGroup> groups) {
    throw new IllegalStateException(
        getClass().getSimpleName() + " takes all parameters, at one learning rate");
  }

  /**
   * Whether a step may be recorded, and replayed as often as there are steps: PyTorch's {@code
   * capturable}. Then a step is {@link #prepare} and {@link #apply}.
   *
   * @return false unless stated otherwise: then {@link #step} is called each time
   */
  default boolean capturable() {
    return false;
  }

  /**
   * Brings about what a step needs besides, such as the numbers that differ from step to step;
   * asked for only where steps are {@link #capturable}.
   *
   * @param parameters all of a network's parameters, flat
   * @param groups what learns, and at which rates; in order
   * @return equal to the last one's as long as {@link #apply} does the same operations
   */
  default Object prepare(Tensor parameters, List<ParameterGroup> groups) {
    throw new IllegalStateException(getClass().getSimpleName() + " is not capturable");
  }

  /** Takes back {@link #prepare}: the step came to nothing. */
  default void takeBack() {}

  /**
   * Does the operations of the step that has been prepared: the same in each step, with numbers
   * that lie where the parameters are.
   *
   * @param parameters all of a network's parameters, flat
   * @param gradients as long; may be changed
   */
  default void apply(Tensor parameters, Tensor gradients) {
    throw new IllegalStateException(getClass().getSimpleName() + " is not capturable");
  }

  /**
   * Other parameters learn from now on. Whoever remembers something of all together, rather than of
   * each, forgets that.
   */
  default void othersLearn() {}

  /**
   * Whether a step computes the loss and its gradient several times.
   *
   * @return false unless stated otherwise
   */
  default boolean reevaluates() {
    return false;
  }

  /**
   * Does one step that may compute the loss several times.
   *
   * @param parameters all of a network's parameters, flat
   * @param gradients as long; may be changed
   * @param loss to which the gradients belong
   * @param again computes the loss of the same batch anew, and the gradients
   */
  default void step(Tensor parameters, Tensor gradients, double loss, DoubleSupplier again) {
    step(parameters, gradients);
  }

  /**
   * The share of the last direction that is kept: SGD's and RMSprop's momentum, Adam's β₁.
   *
   * @return empty where there is no such share
   */
  default OptionalDouble momentum() {
    return OptionalDouble.empty();
  }

  /**
   * Changes the momentum, from the next step on.
   *
   * @param value from 0 to less than 1
   * @throws IllegalStateException where there is none
   */
  default void momentum(double value) {
    throw new IllegalStateException(getClass().getSimpleName() + " has no momentum to change");
  }

  /**
   * Lets weight decay pull on some parameters alone.
   *
   * @param mask as long as all parameters: 1 where it pulls, 0 elsewhere
   */
  default void decayOnly(Tensor mask) {}

  /**
   * Whether a step is no more than p ← p − lr·g, so that it may be fused into the computation of
   * the gradient.
   *
   * @return true when nothing else is asked for
   */
  boolean isPlainDescent();

  /**
   * Remembers from now on what a part of the parameters needs alone, and lets other processes do
   * the rest of each step: PyTorch's {@code ZeroRedundancyOptimizer}. Every process has the same
   * parameters and gradients before a step, and after it the same parameters. What is remembered of
   * all is divided; what is remembered of a part is forgotten, if others become who has the rest.
   * {@link #decayOnly} is said anew after this.
   *
   * @param peers who has the rest; {@link Peers#NONE} where nobody has
   * @throws IllegalStateException where a step cannot be divided
   */
  default void divide(Peers peers) {
    if (peers.size() > 1) {
      throw new IllegalStateException(
          getClass().getSimpleName()
              + " looks at all parameters at once, so that its state cannot be divided among"
              + " processes: leave shardOptimizer out, or take another optimizer, such as SGD or"
              + " AdamW");
    }
  }

  /**
   * How much it remembers.
   *
   * @return how many numbers for each that a parameter has; 0 where it is not so many for each
   */
  default int remembers() {
    return 0;
  }

  /**
   * Tells the process that saves, where what is remembered is {@linkplain #divide divided}: all the
   * others do this, at the same place.
   */
  default void tell() {}

  /**
   * Puts what the optimizer remembers into a state: all of it, which where it is {@linkplain
   * #divide divided} the other processes {@linkplain #tell}, or save at the same place.
   *
   * @param state takes copies on the CPU
   */
  void save(State state);

  /**
   * Goes on from a state, as if it had never stopped.
   *
   * @param state of the same optimizer
   * @param device where the parameters are
   * @throws IOException when the state is of another
   */
  void restore(State state, Device device) throws IOException;

  /**
   * Moves what the optimizer remembers: all of it, or nothing when that fails.
   *
   * @param device where the parameters are from now on
   */
  void to(Device device);

  /** Frees what the optimizer remembers. */
  @Override
  void close();
}
