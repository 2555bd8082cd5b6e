package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Some examples with their targets. The tensors belong to the loader, which fills them anew for the
 * next batch.
 */
public final class Batch {
  private final Tensors inputs;
  private final Tensors targets;
  private final int size;

  /**
   * Examples of one part, and targets of one.
   *
   * @param inputs (N, example…)
   * @param targets N of them
   * @param size N
   */
  public Batch(Tensor inputs, Tensor targets, int size) {
    this(Tensors.of(inputs), Tensors.of(targets), size);
  }

  /**
   * Examples and targets of several parts.
   *
   * @param inputs of each (N, …)
   * @param targets N of each
   * @param size N
   */
  public Batch(Tensors inputs, Tensors targets, int size) {
    this.inputs = inputs;
    this.targets = targets;
    this.size = size;
  }

  /**
   * The examples, where they have a single part.
   *
   * @return (N, example…), as the dataset's {@link Dataset#inputs()} says
   * @throws IllegalStateException when they have several, by name
   */
  public Tensor inputs() {
    return inputs.only();
  }

  /**
   * The targets, where they have a single part.
   *
   * @return N of them, as the dataset's {@link Dataset#targets()} says
   * @throws IllegalStateException when they have several, by name
   */
  public Tensor targets() {
    return targets.only();
  }

  /**
   * A part of the examples.
   *
   * @param name one of {@link Dataset#inputSpecs()}
   * @return (N, …)
   * @throws IllegalArgumentException when none is called so
   */
  public Tensor input(String name) {
    return inputs.get(name);
  }

  /**
   * A part of the targets.
   *
   * @param name one of {@link Dataset#targetSpecs()}
   * @return N of them
   * @throws IllegalArgumentException when none is called so
   */
  public Tensor target(String name) {
    return targets.get(name);
  }

  /**
   * All parts of the examples.
   *
   * @return as {@link Dataset#inputSpecs()} says
   */
  public Tensors allInputs() {
    return inputs;
  }

  /**
   * All parts of the targets.
   *
   * @return as {@link Dataset#targetSpecs()} says
   */
  public Tensors allTargets() {
    return targets;
  }

  /**
   * How many examples there are.
   *
   * @return N
   */
  public int size() {
    return size;
  }
}
