package io.github.torchscribe.runtime.learner;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.List;
import java.util.Map;
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
   * What it learns.
   *
   * @return live tensors by name, and their gradients; empty where logs are not to see them
   */
  default List<Parameter> parameters() {
    return List.of();
  }

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
   * The outputs that have a loss, where there are several.
   *
   * @return their names in their order; empty where there is a single loss
   */
  default List<String> losses() {
    return List.of();
  }

  /**
   * Whether one of several outputs stands for classes.
   *
   * @param output one of {@link #losses()}
   * @return false where it is numbers
   */
  default boolean decides(String output) {
    return decides();
  }

  /**
   * The outputs that stand for classes and have a loss.
   *
   * @return their names in their order; an empty name where there is a single loss
   */
  default List<String> deciding() {
    if (losses().isEmpty()) {
      return decides() ? List.of("") : List.of();
    }
    return losses().stream().filter(this::decides).toList();
  }

  /**
   * The target of one of several outputs that stands for what does not count.
   *
   * @param output one of {@link #losses()}
   * @return empty where all its targets count
   */
  default OptionalLong ignored(String output) {
    return ignored();
  }

  /**
   * Decides, from several inputs or for several outputs.
   *
   * @param inputs of each (N, …), on the learner's device
   * @return the classes of each output that decides and has a loss, by its name; where there is a
   *     single loss by an empty one
   */
  default Map<String, long[]> predict(Tensors inputs) {
    return Map.of("", predict(inputs.only()));
  }

  /**
   * Decides.
   *
   * @param input (N, example…), 32-bit floats, on the learner's device
   * @return the class of each example
   */
  long[] predict(Tensor input);
}
