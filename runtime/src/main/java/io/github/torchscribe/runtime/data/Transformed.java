package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A dataset whose examples go through transforms, each time anew. What is random about them depends
 * on the seed and on how many batches there have been alone. Closing it closes the other.
 */
public final class Transformed implements NamedDataset {
  private final Dataset data;
  private final int part;
  private final List<Transform> transforms;
  private final TensorSpecs inputs;
  private final long seed;
  private final AtomicLong batches = new AtomicLong();

  /**
   * Transforms a dataset's inputs.
   *
   * @param data of numbers, of a single part
   * @param seed any
   * @param transforms in the order in which they are applied
   * @throws IllegalArgumentException when a transform does not fit the examples
   * @throws IllegalStateException when examples have several parts
   */
  public Transformed(Dataset data, long seed, Transform... transforms) {
    this(data, onlyOf(data.inputSpecs()), seed, transforms);
  }

  /**
   * Transforms one part of a dataset's inputs; the others stay as they are.
   *
   * @param data has examples of several parts
   * @param input the part's name; it is of numbers
   * @param seed any
   * @param transforms in the order in which they are applied
   * @throws IllegalArgumentException when no part is called so, or a transform does not fit it
   */
  public Transformed(Dataset data, String input, long seed, Transform... transforms) {
    TensorSpecs specs = data.inputSpecs();
    TensorSpec before = specs.get(input);
    if (before.areIndices()) {
      throw new IllegalArgumentException(
          "transforms are for numbers, but the examples"
              + (input.isEmpty() ? "" : "' part " + input)
              + " are "
              + before);
    }
    this.data = data;
    this.seed = seed;
    this.transforms = List.of(transforms);
    part = specs.names().indexOf(input);
    long[] shape = before.shape();
    for (Transform transform : transforms) {
      shape = transform.shape(shape);
    }
    inputs = specs.with(input, TensorSpec.numbers(shape));
  }

  private static String onlyOf(TensorSpecs specs) {
    specs.only();
    return specs.names().get(0);
  }

  @Override
  public long size() {
    return data.size();
  }

  @Override
  public TensorSpecs inputSpecs() {
    return inputs;
  }

  @Override
  public TensorSpecs targetSpecs() {
    return data.targetSpecs();
  }

  @Override
  public boolean isFixed() {
    return data.isFixed() && transforms.stream().allMatch(Transform::isFixed);
  }

  @Override
  public boolean takesTime() {
    return true;
  }

  @Override
  public long position() {
    return batches.get();
  }

  @Override
  public void position(long count) {
    batches.set(count);
    data.position(count); // it may be another of these
  }

  /** Whether what is another each time can be made where all examples lie, whichever device. */
  boolean isDrawnThere() {
    return !isFixed() && data.isFixed() && transforms.stream().allMatch(Transform::isForAnyDevice);
  }

  /** What is transformed. */
  Dataset before() {
    return data;
  }

  /** Which of the inputs. */
  int part() {
    return part;
  }

  /** The number of a batch that will be asked for, which decides what is random about it. */
  long nextBatch() {
    return batches.getAndIncrement();
  }

  /**
   * Transforms a batch.
   *
   * @param batch what is transformed of it, may be overwritten
   * @param number of the batch
   * @return belongs to the scope that is open
   */
  Tensor apply(Tensor batch, long number) {
    SplittableRandom random = new SplittableRandom(seed ^ number << 20);
    Tensor changed = batch;
    for (Transform transform : transforms) {
      changed = transform.apply(changed, random);
    }
    return changed;
  }

  /** Room for what is transformed of a batch, which the scope owns that is open. */
  Tensor room(long size) {
    return data.inputSpecs().get(part).empty(size);
  }

  /** Where the parts of examples are gathered: what is transformed elsewhere. */
  Tensors into(Tensors inputs, Tensor before) {
    return inputs.with(inputs.names().get(part), before);
  }

  /** Transforms a batch, which may be overwritten, and writes it to where it is wanted. */
  void write(Tensor before, long number, Tensors inputs) {
    inputs.get(part).copy_(apply(before, number));
  }

  @Override
  public void gather(Tensor indices, Tensors inputs, Tensors targets) {
    long number = nextBatch();
    PointerScope scope = new PointerScope();
    try {
      Tensor before = room(indices.numel());
      data.gather(indices, into(inputs, before), targets);
      write(before, number, inputs);
    } finally {
      scope.close();
    }
  }

  @Override
  public void close() {
    data.close();
  }
}
