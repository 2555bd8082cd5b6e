package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Batches of a dataset that takes time: its examples are kept on the device as they come there in
 * the first epoch, and all that are asked for afterwards are gathered there. Nobody waits for it.
 */
final class KeptBatches implements Supply {
  private final Dataset kept;
  private final Device device;
  private final Arena arena;
  private final ResidentBatches resident;
  private final Supply arriving;
  private OnDevice all;
  private Tensor order;
  private long arrived;
  private boolean isWhole;

  /**
   * Takes room for all examples.
   *
   * @param data whose batches they are
   * @param kept what lies on the device: the same, or what they are transformed from each time anew
   * @param arriving brings batches of it there
   */
  KeptBatches(Dataset data, Dataset kept, int batchSize, Device device, Supply arriving) {
    this.kept = kept;
    this.device = device;
    this.arriving = arriving;
    arena = Arena.filledBy(() -> all = OnDevice.empty(kept, kept.size(), device));
    resident = new ResidentBatches(data, batchSize, device, () -> all);
  }

  @Override
  public void begin(Tensor order) {
    this.order = order;
    arrived = 0;
    if (!isWhole) {
      arriving.begin(order);
    }
    resident.begin(order);
  }

  @Override
  public Batch batch(long first, int size, int following) {
    if (isWhole) {
      return resident.batch(first, size, following);
    }
    Batch some = arriving.batch(first, size, following);
    keep(first, size, some.allInputs(), some.allTargets());
    if (first == arrived) { // else it goes on with an epoch that another has begun
      arrived += size;
      if (following == 0) {
        keepRest();
        isWhole = true;
      }
    }
    return resident.batch(first, size, Optional.of(some));
  }

  /** What a last batch that is left out would have had. */
  private void keepRest() {
    long count = kept.size() - arrived;
    if (count > 0) {
      PointerScope scope = new PointerScope();
      try {
        OnDevice rest = OnDevice.of(kept, device, order.narrow(0, arrived, count));
        keep(arrived, count, rest.inputs(), rest.targets());
      } finally {
        scope.close();
      }
    }
  }

  private void keep(long first, long count, Tensors inputs, Tensors targets) {
    PointerScope scope = new PointerScope();
    try {
      Tensor there = device.copy(order.narrow(0, first, count));
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
    arriving.settle();
  }

  @Override
  public void close() {
    arriving.close();
    resident.close();
    arena.close();
  }
}
