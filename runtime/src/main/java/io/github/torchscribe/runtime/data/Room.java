package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** Room for a batch, in the host's memory or a device's. */
final class Room implements AutoCloseable {
  private final Arena arena;
  private Tensors inputs;
  private Tensors targets;

  private int size;
  private Arena views;
  private Tensors someInputs;
  private Tensors someTargets;

  /**
   * Room for as many examples as the largest batch has.
   *
   * @param there makes of memory of the host's what is wanted
   */
  Room(Dataset data, int batchSize, UnaryOperator<Tensor> there) {
    arena =
        Arena.filledBy(
            () -> {
              inputs = data.inputSpecs().empty(batchSize).map(there);
              targets = data.targetSpecs().empty(batchSize).map(there);
            });
  }

  /** Makes ready for a batch. Its views are made when its size changes: twice an epoch. */
  void shape(int examples) {
    if (size == examples) {
      return;
    }
    closeViews();
    views =
        Arena.filledBy(
            () -> {
              someInputs = rows(inputs, 0, examples);
              someTargets = rows(targets, 0, examples);
            });
    size = examples;
  }

  /** The examples of the batch at hand. */
  Tensors inputs() {
    return someInputs;
  }

  /** The targets of the batch at hand. */
  Tensors targets() {
    return someTargets;
  }

  /** Copies the batch at hand to where there is room for it. */
  void copyTo(Room there) {
    Batch.There.copy(someInputs, there.someInputs);
    Batch.There.copy(someTargets, there.someTargets);
  }

  /**
   * The batch at hand, where it has been copied to.
   *
   * @param there reads single numbers from here
   */
  Batch batch(Room there) {
    return new Batch(
        there.someInputs,
        there.someTargets,
        size,
        new Batch.There(there.someInputs, there.someTargets, someInputs, someTargets));
  }

  /** Some examples of the batch at hand, which the scope owns that is open. */
  Tensors inputs(long from, long count) {
    return rows(inputs, from, count);
  }

  /** The targets of some examples, which the scope owns that is open. */
  Tensors targets(long from, long count) {
    return rows(targets, from, count);
  }

  private static Tensors rows(Tensors room, long from, long count) {
    return room.map(part -> part.narrow(0, from, count));
  }

  private void closeViews() {
    if (views != null) {
      views.close();
      views = null;
      size = 0;
    }
  }

  @Override
  public void close() {
    closeViews();
    arena.close();
  }
}
