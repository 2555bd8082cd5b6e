package io.github.torchscribe.runtime.learner;

import io.github.torchscribe.runtime.torch.Device;
import java.util.OptionalLong;
import org.bytedeco.pytorch.Tensor;

/**
 * What is being trained, as logs see it: a {@link io.github.torchscribe.runtime.Model}, or
 * something of your own.
 */
public interface Learner {
  /**
   * What it consists of.
   *
   * @return layers, loss and optimizer
   */
  Summary summary();

  /**
   * What initial weights and orders are drawn from.
   *
   * @return the seed
   */
  long seed();

  /**
   * Where it is.
   *
   * @return where {@link #predict} wants its input
   */
  Device device();

  /**
   * Whether outputs stand for classes.
   *
   * @return false where they are numbers, as with {@code @MSELoss}: then {@link #predict} throws
   */
  default boolean decides() {
    return true;
  }

  /**
   * The target that stands for what does not count.
   *
   * @return empty where all targets count
   */
  default OptionalLong ignored() {
    return OptionalLong.empty();
  }

  /**
   * Decides.
   *
   * @param input (N, example…), 32-bit floats, on the learner's device
   * @return the class of each example
   */
  long[] predict(Tensor input);
}
