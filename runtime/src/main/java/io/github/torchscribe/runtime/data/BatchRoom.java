package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
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
  private Tensor inputs;
  private Tensor targets;

  BatchRoom(Dataset data, int batchSize, int count, Device device) {
    this.data = data;
    arena = Arena.filledBy(() -> allocate(batchSize, count, device));
  }

  private void allocate(int batchSize, int count, Device device) {
    for (int i = 0; i < count; i++) {
      host.add(new HostBatch(data.inputs().empty(batchSize), data.targets().empty(batchSize)));
    }
    if (device.type() != Device.Type.CPU) {
      inputs = device.copy(host.get(0).inputs);
      targets = device.copy(host.get(0).targets);
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
    data.gather(indices, batch.inputs.narrow(0, from, count), batch.targets.narrow(0, from, count));
  }

  /** The first examples of a batch, where the device has them. */
  Batch hand(HostBatch batch, int size) {
    if (inputs == null) {
      return batch.batch(batch.inputs, batch.targets, size);
    }
    PointerScope scope = new PointerScope();
    try {
      HostBatch.first(inputs, size).copy_(HostBatch.first(batch.inputs, size));
      HostBatch.first(targets, size).copy_(HostBatch.first(batch.targets, size));
    } finally {
      scope.close();
    }
    return host.get(0).batch(inputs, targets, size);
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
