package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Tensors;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Batches of a dataset that lies on the device, all of it: each is gathered there, by one operation
 * for each part, in an order that goes there once an epoch. What is drawn is drawn by the
 * processor, and done there, too.
 */
final class ResidentBatches implements Supply {
  private final Transformed transformed;
  private final Device device;
  private final Arena arena;
  private final Room room;
  private final int batchSize;
  private final Map<Tensor, PartOnHost> onHost = new IdentityHashMap<>();
  private OnDevice all;
  private Tensor orderThere;
  private Tensor order;
  private Rows current;

  /**
   * Takes all examples.
   *
   * @param examples brings them to the device: as they are, or as they are before they are
   *     transformed, where that is done each time anew
   */
  ResidentBatches(Dataset data, int batchSize, Device device, Supplier<OnDevice> examples) {
    this.batchSize = batchSize;
    this.device = device;
    transformed = data instanceof Transformed some && !some.isFixed() ? some : null;
    arena =
        Arena.filledBy(
            () -> {
              all = examples.get();
              orderThere =
                  torch.empty(
                      new long[] {data.size()}, device.options(torch.ScalarType.Long), null);
            });
    room = new Room(data, batchSize, device::copy);
    device.synchronize(); // a step may read it on another stream
  }

  @Override
  public void begin(Tensor order) {
    this.order = order;
    current = null;
    device.synchronize(); // with steps that read the order before
    orderThere.copy_(order);
    device.synchronize();
  }

  @Override
  public Batch batch(long first, int size, int following) {
    return batch(first, size, Optional.empty());
  }

  /**
   * The next batch where not all examples are there yet.
   *
   * @param arrived the same one as it comes there; empty where all are there
   */
  Batch batch(long first, int size, Optional<Batch> arrived) {
    room.shape(size);
    current = new Rows(first, size, transformed == null ? 0 : transformed.nextBatch(), arrived);
    return new Batch(room.inputs(), room.targets(), size, current);
  }

  /** Some of the examples, which are gathered once it is known where to. */
  private final class Rows implements Origin {
    private final long first;
    private final int size;
    private final long number;
    private final Optional<Batch> arrived;
    private boolean isFetched;

    Rows(long first, int size, long number, Optional<Batch> arrived) {
      this.first = first;
      this.size = size;
      this.number = number;
      this.arrived = arrived;
    }

    @Override
    public void fetch() {
      if (!isFetched) {
        write(room.inputs(), room.targets());
        isFetched = true;
      }
    }

    @Override
    public void write(Tensors inputs, Tensors targets) {
      gather(
          orderThere,
          indices -> {
            select(all.inputs(), indices, inputs, transformed == null ? -1 : transformed.part());
            select(all.targets(), indices, targets, -1);
          });
    }

    private void select(Tensors from, Tensor indices, Tensors into, int changed) {
      for (int i = 0; i < from.size(); i++) {
        if (i == changed) {
          Tensor before = torch.index_select(from.get(i), 0, indices);
          into.get(i).copy_(transformed.apply(before, number));
        } else {
          torch.index_select_out(into.get(i), from.get(i), 0, indices);
        }
      }
    }

    @Override
    public Tensor inputToRead(int part) {
      if (transformed != null && part == transformed.part()) {
        fetch();
        return room.inputs().get(part);
      }
      return arrived
          .map(same -> same.inputToRead(part))
          .orElseGet(() -> read(all.inputs().get(part)));
    }

    @Override
    public Tensor targetToRead(int part) {
      return arrived
          .map(same -> same.targetToRead(part))
          .orElseGet(() -> read(all.targets().get(part)));
    }

    /** What nobody reads, as pictures, is not copied to the host. */
    private Tensor read(Tensor part) {
      PartOnHost here = onHost.computeIfAbsent(part, there -> new PartOnHost(there, batchSize));
      Tensor[] some = new Tensor[1];
      gather(order, indices -> some[0] = here.gather(indices));
      return some[0];
    }

    private void gather(Tensor among, Consumer<Tensor> work) {
      arena.requireOpen("this loader");
      if (current != this) {
        throw new IllegalStateException("the loader has gone on to another batch");
      }
      PointerScope scope = new PointerScope();
      try {
        Threads.alone(() -> work.accept(among.narrow(0, first, size)));
      } finally {
        scope.close();
      }
    }
  }

  @Override
  public void close() {
    current = null;
    room.close();
    onHost.values().forEach(PartOnHost::close);
    arena.close();
  }
}
