package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Shapes;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A part of all examples that lie on a device, copied into the host's memory, where single numbers
 * are read without waiting for it.
 */
final class PartOnHost implements AutoCloseable {
  private final Arena arena;
  private Tensor all;
  private Tensor room;

  private Arena view;
  private Tensor some;

  /**
   * Copies a part.
   *
   * @param there (size, …)
   * @param batchSize how many are read at most
   */
  PartOnHost(Tensor there, int batchSize) {
    long[] shape = Shapes.of(there);
    shape[0] = batchSize;
    arena =
        Arena.filledBy(
            () -> {
              all = Device.cpu().copy(there);
              room = torch.empty(shape, Device.cpu().options(there.scalar_type().intern()), null);
            });
  }

  /** Examples by their indices, until others are asked for. */
  Tensor gather(Tensor indices) {
    long size = indices.size(0);
    if (some == null || some.size(0) != size) {
      closeView();
      view = Arena.filledBy(() -> some = room.narrow(0, 0, size));
    }
    torch.index_select_out(some, all, 0, indices);
    return some;
  }

  private void closeView() {
    if (view != null) {
      view.close();
    }
  }

  @Override
  public void close() {
    closeView();
    arena.close();
  }
}
