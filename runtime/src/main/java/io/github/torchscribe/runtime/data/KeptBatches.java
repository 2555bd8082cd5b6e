package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Batches of a dataset that takes time and is always the same: those of the first epoch are kept on
 * the device, and from the second on they are gathered there. Nobody waits for it.
 */
final class KeptBatches implements Supply {
  private final Dataset data;
  private final int batchSize;
  private final Device device;
  private final Arena arena;
  private OnDevice all;
  private Supply supply;
  private Tensor order;
  private long kept;
  private boolean isWhole;

  /**
   * Takes room for all examples.
   *
   * @param supply of the first epoch
   */
  KeptBatches(Dataset data, int batchSize, Device device, Supply supply) {
    this.data = data;
    this.batchSize = batchSize;
    this.device = device;
    this.supply = supply;
    arena = Arena.filledBy(() -> all = OnDevice.empty(data, data.size(), device));
  }

  @Override
  public void begin(Tensor order) {
    if (isWhole && !(supply instanceof ResidentBatches)) {
      supply.close();
      supply = new ResidentBatches(data, batchSize, device, () -> all);
    }
    this.order = order;
    kept = 0;
    supply.begin(order);
  }

  @Override
  public Batch batch(long first, int size, int following) {
    Batch batch = supply.batch(first, size, following);
    if (!isWhole && first == kept) { // else it goes on with an epoch that another has begun
      keep(order.narrow(0, first, size), batch.allInputs(), batch.allTargets());
      kept += size;
      if (following == 0) {
        keepRest();
        isWhole = true;
      }
    }
    return batch;
  }

  /** What a last batch that is left out would have had. */
  private void keepRest() {
    long count = data.size() - kept;
    if (count > 0) {
      PointerScope scope = new PointerScope();
      try {
        Tensor indices = order.narrow(0, kept, count);
        Tensors inputs = data.inputSpecs().empty(count);
        Tensors targets = data.targetSpecs().empty(count);
        data.gather(indices, inputs, targets);
        keep(indices, inputs.map(device::copy), targets.map(device::copy));
      } finally {
        scope.close();
      }
    }
  }

  private void keep(Tensor indices, Tensors inputs, Tensors targets) {
    PointerScope scope = new PointerScope();
    try {
      Tensor there = device.copy(indices);
      keep(all.inputs(), there, inputs);
      keep(all.targets(), there, targets);
    } finally {
      scope.close();
    }
  }

  private static void keep(Tensors all, Tensor indices, Tensors some) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).index_copy_(0, indices, some.get(i));
    }
  }

  @Override
  public void settle() {
    supply.settle();
  }

  @Override
  public void close() {
    supply.close();
    arena.close();
  }
}
