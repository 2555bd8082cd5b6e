package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Room for a batch in the host's memory. */
final class HostBatch {
  final Tensors inputs;
  final Tensors targets;
  private Arena views;
  private Batch batch;

  HostBatch(Tensors inputs, Tensors targets) {
    this.inputs = inputs;
    this.targets = targets;
  }

  /** The views of a batch are made when its size changes: twice an epoch, not for every batch. */
  Batch batch(Tensors ofInputs, Tensors ofTargets, int size) {
    if (batch == null || batch.size() != size) {
      close();
      views =
          Arena.filledBy(
              () -> batch = new Batch(first(ofInputs, size), first(ofTargets, size), size));
    }
    return batch;
  }

  void close() {
    if (views != null) {
      views.close();
      views = null;
      batch = null;
    }
  }

  /** The first examples of what has room for more. */
  private static Tensors first(Tensors room, int size) {
    return room.map(part -> first(part, size));
  }

  /** The first examples of what has room for more. */
  static Tensor first(Tensor part, int size) {
    return part.narrow(0, 0, size);
  }
}
