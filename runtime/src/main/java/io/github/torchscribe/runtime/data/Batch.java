package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Some examples with their targets. The tensors belong to the loader, which fills them anew for the
 * next batch; those of data that lie on a device are gathered when they are first asked for.
 */
public final class Batch {
  private final Tensors inputs;
  private final Tensors targets;
  private final int size;
  private final Origin origin;

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
    this(inputs, targets, size, new There(inputs, targets, inputs, targets));
  }

  /** Tensors that may not be filled before somebody asks for them. */
  Batch(Tensors inputs, Tensors targets, int size, Origin origin) {
    this.inputs = inputs;
    this.targets = targets;
    this.size = size;
    this.origin = origin;
  }

  /**
   * A batch that is where it is wanted.
   *
   * @param readInputs the same where they are read from
   * @param readTargets the same where they are read from
   */
  record There(Tensors inputs, Tensors targets, Tensors readInputs, Tensors readTargets)
      implements Origin {
    @Override
    public Tensor inputToRead(int part) {
      return readInputs.get(part);
    }

    @Override
    public Tensor targetToRead(int part) {
      return readTargets.get(part);
    }

    @Override
    public void fetch() {}

    @Override
    public void write(Tensors intoInputs, Tensors intoTargets) {
      copy(inputs, intoInputs);
      copy(targets, intoTargets);
    }

    static void copy(Tensors from, Tensors into) {
      for (int i = 0; i < from.size(); i++) {
        into.get(i).copy_(from.get(i), into.get(i).is_cuda()); // without waiting for it
      }
    }
  }

  /**
   * The examples, where they have a single part.
   *
   * @return (N, example…), as the dataset's {@link Dataset#inputs()} says
   * @throws IllegalStateException when they have several, by name
   */
  public Tensor inputs() {
    return allInputs().only();
  }

  /**
   * The targets, where they have a single part.
   *
   * @return N of them, as the dataset's {@link Dataset#targets()} says
   * @throws IllegalStateException when they have several, by name
   */
  public Tensor targets() {
    return allTargets().only();
  }

  /**
   * A part of the examples.
   *
   * @param name one of {@link Dataset#inputSpecs()}
   * @return (N, …)
   * @throws IllegalArgumentException when none is called so
   */
  public Tensor input(String name) {
    return allInputs().get(name);
  }

  /**
   * A part of the targets.
   *
   * @param name one of {@link Dataset#targetSpecs()}
   * @return N of them
   * @throws IllegalArgumentException when none is called so
   */
  public Tensor target(String name) {
    return allTargets().get(name);
  }

  /**
   * All parts of the examples.
   *
   * @return as {@link Dataset#inputSpecs()} says
   */
  public Tensors allInputs() {
    origin.fetch();
    return inputs;
  }

  /**
   * All parts of the targets.
   *
   * @return as {@link Dataset#targetSpecs()} says
   */
  public Tensors allTargets() {
    origin.fetch();
    return targets;
  }

  /**
   * Writes the batch into tensors of somebody else's, where it is wanted in certain ones: from
   * where the data lie, without a way through the loader's.
   *
   * @param intoInputs of the same types and shapes as {@link #allInputs()}, and, where there are
   *     several, of the same names
   * @param intoTargets of the same types and shapes as {@link #allTargets()}, likewise
   * @throws IllegalArgumentException where a name is missing
   */
  public void write(Tensors intoInputs, Tensors intoTargets) {
    origin.write(ordered(intoInputs, inputs), ordered(intoTargets, targets));
  }

  /** In the order of this batch's. */
  private static Tensors ordered(Tensors into, Tensors ours) {
    return ours.size() == 1 && into.size() == 1 || into.names().equals(ours.names())
        ? into
        : Tensors.of(ours.names(), ours.names().stream().map(into::get).toList());
  }

  /**
   * A part of the examples for whoever reads single numbers of it: it lies in the host's memory
   * wherever the batch is, so that nobody waits for a device, unless it has been computed there.
   *
   * @param name one of {@link Dataset#inputSpecs()}; any where there is a single one
   * @return the same numbers as {@link #input}
   * @throws IllegalArgumentException when none is called so
   */
  public Tensor inputToRead(String name) {
    return inputToRead(place(inputs, name));
  }

  Tensor inputToRead(int part) {
    return origin.inputToRead(part);
  }

  /**
   * A part of the targets for whoever reads single numbers of it: it lies in the host's memory
   * wherever the batch is, so that nobody waits for a device.
   *
   * @param name one of {@link Dataset#targetSpecs()}; any where there is a single one
   * @return the same numbers as {@link #target}
   * @throws IllegalArgumentException when none is called so
   */
  public Tensor targetToRead(String name) {
    return targetToRead(place(targets, name));
  }

  private static int place(Tensors parts, String name) {
    if (parts.size() == 1) {
      return 0;
    }
    parts.get(name); // says so where there is none
    return parts.names().indexOf(name);
  }

  Tensor targetToRead(int part) {
    return origin.targetToRead(part);
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
