package io.github.torchscribe.runtime.data;

import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/** Changes examples on their way from a dataset to the network; {@link Transforms} has many. */
@FunctionalInterface
public interface Transform {
  /**
   * Changes a batch.
   *
   * @param inputs (N, example…), 32-bit floats, on the CPU, unless it {@linkplain #isForAnyDevice
   *     is for any device}; may be overwritten
   * @param random drawn from, the same each time for the same seed
   * @return (N, {@link #shape}…)
   */
  Tensor apply(Tensor inputs, RandomGenerator random);

  /**
   * Whether an example always becomes the same, so that nothing is drawn.
   *
   * @return false unless stated otherwise
   */
  default boolean isFixed() {
    return false;
  }

  /**
   * Whether it changes inputs on any device, and there gives what it gives on the CPU, digit for
   * digit. Where all of a {@link Transformed} dataset's do, a GPU does them.
   *
   * @return false unless stated otherwise
   */
  default boolean isForAnyDevice() {
    return false;
  }

  /**
   * The shape of one example afterwards.
   *
   * @param example the shape of one before
   * @return the same unless stated otherwise
   * @throws IllegalArgumentException when the transform does not fit such examples
   */
  default long[] shape(long... example) {
    return example;
  }
}
