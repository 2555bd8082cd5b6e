package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Batches that are gathered in the background, in memory that the device reads by itself, and
 * copied there while the one before is learned from.
 */
final class PinnedBatches implements Supply {
  /** One that is used, and one that is made ready. */
  static final int SLOTS = 2;

  private final Dataset data;
  private final Helpers helpers = new Helpers(Threads.count());
  private final Makers makers = new Makers(Threads.count() - 1);
  private final Gathering gathering;
  private final Transfer transfer;
  private final List<Slot> slots = new ArrayList<>();
  private final Background background = new Background();
  private Tensor order;
  private int number;

  /** Room for a batch, here and there. */
  private record Slot(int number, Room host, Room there) {
    void shape(int size) {
      host.shape(size);
      there.shape(size);
    }

    void copy() {
      host.copyTo(there);
    }

    Batch batch() {
      return host.batch(there);
    }
  }

  /**
   * Room for batches.
   *
   * @param transfer has as many slots as there are here
   */
  PinnedBatches(Dataset data, int batchSize, Device device, Transfer transfer) {
    this.data = data;
    gathering = new Gathering(data, data.gathersParts() ? helpers : Crew.ALONE);
    this.transfer = transfer;
    try {
      for (int i = 0; i < SLOTS; i++) {
        slots.add(slot(i, data, batchSize, device));
      }
    } catch (RuntimeException | Error e) { // such as no memory
      close();
      throw e;
    }
  }

  private Slot slot(int i, Dataset data, int batchSize, Device device) {
    Room host = new Room(data, batchSize, transfer::room);
    try {
      return new Slot(i, host, new Room(data, batchSize, device::duplicate));
    } catch (RuntimeException | Error e) {
      host.close();
      throw e;
    }
  }

  @Override
  public void begin(Tensor order) {
    this.order = order;
    number = 0;
  }

  @Override
  public Batch batch(long first, int size, int following) {
    if (!background.isBusy()) {
      readAhead(first, size); // the first, or one that could not be read
    }
    background.await();
    Slot slot = next();
    transfer.receive(slot.number);
    number++;
    if (following > 0) {
      readAhead(first + size, following);
    }
    return slot.batch();
  }

  private Slot next() {
    return slots.get(number % SLOTS);
  }

  private void readAhead(long first, int size) {
    Slot slot = next();
    transfer.release(slot.number); // the batch that was there is over
    slot.shape(size);
    background.run(
        () -> {
          transfer.awaitCopied(slot.number);
          fill(slot.host, first, size);
          transfer.copy(slot.number, slot::copy);
        });
  }

  private void fill(Room place, long first, int size) {
    if (data.takesTime()) {
      Making batch = new Making(data, place, order, first, size);
      makers.join(batch);
      batch.await();
    } else {
      gathering.fill(place, order, first, size);
    }
  }

  @Override
  public void settle() {
    background.settle();
  }

  @Override
  public void close() {
    background.close();
    helpers.close();
    makers.close();
    transfer.close();
    slots.forEach(
        slot -> {
          slot.host.close();
          slot.there.close();
        });
  }
}
