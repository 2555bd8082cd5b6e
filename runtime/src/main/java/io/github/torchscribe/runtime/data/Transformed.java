package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A dataset whose examples go through transforms, each time anew. What is random about them depends
 * on the seed and on how many batches there have been alone. Closing it closes the other.
 */
public final class Transformed implements Dataset {
  private final Dataset data;
  private final List<Transform> transforms;
  private final TensorSpec inputs;
  private final long seed;
  private final AtomicLong batches = new AtomicLong();

  /**
   * Transforms a dataset's inputs.
   *
   * @param data of numbers
   * @param seed any
   * @param transforms in the order in which they are applied
   * @throws IllegalArgumentException when a transform does not fit the examples
   */
  public Transformed(Dataset data, long seed, Transform... transforms) {
    if (data.inputs().areIndices()) {
      throw new IllegalArgumentException(
          "transforms are for numbers, but the examples are " + data.inputs());
    }
    this.data = data;
    this.seed = seed;
    this.transforms = List.of(transforms);
    long[] shape = data.inputs().shape();
    for (Transform transform : transforms) {
      shape = transform.shape(shape);
    }
    inputs = TensorSpec.numbers(shape);
  }

  @Override
  public long size() {
    return data.size();
  }

  @Override
  public TensorSpec inputs() {
    return inputs;
  }

  @Override
  public TensorSpec targets() {
    return data.targets();
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
  }

  @Override
  public void gather(Tensor indices, Tensor inputs, Tensor targets) {
    SplittableRandom random = new SplittableRandom(seed ^ batches.getAndIncrement() << 20);
    PointerScope scope = new PointerScope();
    try {
      Tensor batch = data.inputs().empty(indices.numel());
      data.gather(indices, batch, targets);
      for (Transform transform : transforms) {
        batch = transform.apply(batch, random);
      }
      inputs.copy_(batch);
    } finally {
      scope.close();
    }
  }

  @Override
  public void close() {
    data.close();
  }
}
