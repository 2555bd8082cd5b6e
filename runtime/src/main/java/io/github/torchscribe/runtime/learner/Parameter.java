package io.github.torchscribe.runtime.learner;

import org.bytedeco.pytorch.Tensor;

/**
 * One learned tensor of a model, live: it is a view of the model's memory, changes with every step,
 * and is valid until the model moves to another device or is closed.
 *
 * @param name as {@code torch.nn.Sequential} names it, for example {@code 1.weight}
 * @param value the parameter
 * @param gradient of the same shape; holds the loss' gradient after {@link
 *     io.github.torchscribe.runtime.Model#backward}; null where the parameter is frozen
 */
public record Parameter(String name, Tensor value, Tensor gradient) {
  /**
   * Whether steps change it.
   *
   * @return false where it is frozen
   */
  public boolean learns() {
    return gradient != null;
  }

  /**
   * The loss' gradient with respect to it.
   *
   * @return of the same shape
   * @throws IllegalStateException where the parameter is frozen
   */
  @Override
  public Tensor gradient() {
    if (gradient == null) {
      throw new IllegalStateException(name + " is frozen: it has no gradient");
    }
    return gradient;
  }
}
