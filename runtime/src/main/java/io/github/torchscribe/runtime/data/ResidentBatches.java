package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.ArrayList;
import java.util.List;
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
  private final Dataset data;
  private final Transformed transformed;
  private final Device device;
  private final Arena arena;
  private final Room room;
  private final Room roomToRead;
  private OnDevice all;
  private OnDevice toRead;
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
    this.data = data;
    this.device = device;
    transformed = data instanceof Transformed some && !some.isFixed() ? some : null;
    arena =
        Arena.filledBy(
            () -> {
              all = examples.get();
              toRead = all.toRead();
              orderThere =
                  torch.empty(
                      new long[] {data.size()}, device.options(torch.ScalarType.Long), null);
            });
    room = new Room(data, batchSize, device::copy);
    roomToRead = new Room(data, batchSize, part -> part);
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
    room.shape(size);
    roomToRead.shape(size);
    current = new Rows(first, size, transformed == null ? 0 : transformed.nextBatch());
    return new Batch(room.inputs(), room.targets(), size, current);
  }

  /** Some of the examples, which are gathered once it is known where to. */
  private final class Rows implements Origin {
    private final long first;
    private final int size;
    private final long number;
    private boolean isFetched;

    Rows(long first, int size, long number) {
      this.first = first;
      this.size = size;
      this.number = number;
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
    public Tensors inputsToRead() {
      return read(data.inputSpecs(), toRead.inputs(), room.inputs(), roomToRead.inputs());
    }

    @Override
    public Tensors targetsToRead() {
      return read(data.targetSpecs(), toRead.targets(), room.targets(), roomToRead.targets());
    }

    /** Indices from the host's copy of all; numbers, which nobody reads as a rule, from there. */
    private Tensors read(TensorSpecs specs, Tensors from, Tensors there, Tensors into) {
      List<Tensor> parts = new ArrayList<>();
      gather(
          order,
          indices -> {
            for (int i = 0; i < from.size(); i++) {
              boolean areIndices = specs.get(i).areIndices();
              if (areIndices) {
                torch.index_select_out(into.get(i), from.get(i), 0, indices);
              } else {
                fetch();
              }
              parts.add(areIndices ? into.get(i) : there.get(i));
            }
          });
      return Tensors.of(specs.names(), parts);
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
    roomToRead.close();
    arena.close();
  }
}
