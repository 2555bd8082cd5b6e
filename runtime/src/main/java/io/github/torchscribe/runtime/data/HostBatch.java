package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import org.bytedeco.pytorch.Tensor;

/** Room for a batch in the host's memory. */
final class HostBatch {
  final Tensor inputs;
  final Tensor targets;
  private Arena views;
  private Batch batch;

  HostBatch(Tensor inputs, Tensor targets) {
    this.inputs = inputs;
    this.targets = targets;
  }

  /** The views of a batch are made when its size changes: twice an epoch, not for every batch. */
  Batch batch(Tensor ofInputs, Tensor ofTargets, int size) {
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
  static Tensor first(Tensor tensor, long count) {
    return tensor.narrow(0, 0, count);
  }
}
