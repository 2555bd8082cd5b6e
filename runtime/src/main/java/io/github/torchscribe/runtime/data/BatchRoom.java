package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The memory of a loader's batches: one or two in the host's, and one on the device where that is
 * another.
 */
final class BatchRoom implements AutoCloseable {
  private final Dataset data;
  private final Arena arena;
  private final List<HostBatch> host = new ArrayList<>();
  private Tensors inputs;
  private Tensors targets;

  BatchRoom(Dataset data, int batchSize, int count, Device device) {
    this.data = data;
    arena = Arena.filledBy(() -> allocate(batchSize, count, device));
  }

  private void allocate(int batchSize, int count, Device device) {
    for (int i = 0; i < count; i++) {
      host.add(
          new HostBatch(data.inputSpecs().empty(batchSize), data.targetSpecs().empty(batchSize)));
    }
    if (device.type() != Device.Type.CPU) {
      inputs = host.get(0).inputs.map(device::copy);
      targets = host.get(0).targets.map(device::copy);
    }
  }

  /** Where a batch goes. */
  HostBatch of(int number) {
    return host.get(number % host.size());
  }

  /**
   * Reads some examples.
   *
   * @param indices of them
   * @param from where in the batch they go
   */
  void gather(Tensor indices, HostBatch batch, int from) {
    long count = indices.numel();
    data.gather(
        indices,
        batch.inputs.map(part -> part.narrow(0, from, count)),
        batch.targets.map(part -> part.narrow(0, from, count)));
  }

  /** The first examples of a batch, where the device has them. */
  Batch hand(HostBatch batch, int size) {
    if (inputs == null) {
      return batch.batch(batch.inputs, batch.targets, size);
    }
    PointerScope scope = new PointerScope();
    try {
      copy(batch.inputs, inputs, size);
      copy(batch.targets, targets, size);
    } finally {
      scope.close();
    }
    return host.get(0).batch(inputs, targets, size);
  }

  private static void copy(Tensors from, Tensors to, int size) {
    for (int i = 0; i < to.size(); i++) {
      HostBatch.first(to.get(i), size).copy_(HostBatch.first(from.get(i), size));
    }
  }

  void requireOpen() {
    arena.requireOpen("this loader");
  }

  @Override
  public void close() {
    host.forEach(HostBatch::close);
    arena.close();
  }
}
