package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a network is trained. Everything here is a default that {@code Trainer} can override.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Training(epochs = 10, batchSize = 200, seed = 1)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Training {
  /** The value of {@link #seed()} that asks for another seed in every run. */
  long RANDOM_SEED = Long.MIN_VALUE;

  /**
   * How often the whole training set is gone through.
   *
   * @return at least 1
   */
  int epochs() default 1;

  /**
   * Examples per step, as {@code torch.utils.data.DataLoader(batch_size=…)}. The last batch of an
   * epoch is smaller when the data do not divide.
   *
   * @return at least 1
   */
  int batchSize() default 1;

  /**
   * Whether each epoch sees the training data in a new random order. PyTorch's {@code DataLoader}
   * leaves this off unless asked; here it is on, since a training set is what it is for. Test data
   * are never shuffled.
   *
   * @return {@code true} unless stated otherwise
   */
  boolean shuffle() default true;

  /**
   * Whether the optimizer's weight decay also pulls on biases and on what norms learn, all
   * parameters with one dimension. PyTorch does so unless parameter groups say otherwise;
   * transformers are usually trained without.
   *
   * @return {@code true} unless stated otherwise
   */
  boolean decayBiases() default true;

  /**
   * In which numbers the steps compute.
   *
   * @return 32-bit floats unless stated otherwise
   */
  Precision precision() default Precision.FLOAT32;

  /**
   * Whether a GPU replays whole steps as one CUDA graph, where all steps do the same: a step of a
   * small network then takes a fraction of the time, since the GPU need not be told of each
   * operation. What it computes stays the same.
   *
   * @return {@code true} unless stated otherwise: it is done where it is right
   */
  boolean graph() default true;

  /**
   * What initial weights and orders are drawn from, as {@code torch.manual_seed}: the same seed
   * gives the same weights and the same order of examples as the same program in Python.
   *
   * @return the seed, or {@link #RANDOM_SEED}
   */
  long seed() default RANDOM_SEED;
}
