package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * Batches that are gathered one by one in the host's memory, and copied from there where the device
 * is another.
 */
final class GatheredBatches implements Supply {
  private final Dataset data;
  private final Gathering gathering;
  private final Background background;
  private final Makers makers =
      new Makers(Threads.count() - 2); // of those one waits, one reads ahead
  private final List<Room> host = new ArrayList<>();
  private final Room there;
  private Tensor order;
  private Making ahead;
  private int number;

  /**
   * Room for batches.
   *
   * @param crew gathers them, unless that is done in the background
   */
  GatheredBatches(Dataset data, int batchSize, Crew crew, Device device) {
    this.data = data;
    gathering = new Gathering(data, crew);
    background = data.takesTime() ? new Background() : null;
    int rooms = background == null ? 1 : 2;
    for (int i = 0; i < rooms; i++) {
      host.add(new Room(data, batchSize, UnaryOperator.identity()));
    }
    there = device.type() == Device.Type.CPU ? null : new Room(data, batchSize, device::copy);
  }

  @Override
  public void begin(Tensor order) {
    this.order = order;
    number = 0;
  }

  @Override
  public Batch batch(long first, int size, int following) {
    Room place = place();
    if (background == null) {
      place.shape(size);
      gathering.fill(place, order, first, size);
    } else {
      if (!background.isBusy()) {
        readAhead(first, size); // the first, or one that could not be read
      }
      makers.join(ahead);
      background.await();
    }
    number++;
    Batch batch = hand(place, size);
    if (background != null && following > 0) {
      readAhead(first + size, following);
    }
    return batch;
  }

  private Room place() {
    return host.get(number % host.size());
  }

  private void readAhead(long first, int size) {
    Room place = place();
    place.shape(size);
    Making batch = new Making(data, place, order, first, size);
    ahead = batch;
    background.run(
        () -> {
          batch.join();
          batch.await();
        });
  }

  /** The batch where the device has it. */
  private Batch hand(Room place, int size) {
    if (there == null) {
      return new Batch(place.inputs(), place.targets(), size);
    }
    there.shape(size);
    place.copyTo(there);
    return place.batch(there);
  }

  @Override
  public void settle() {
    if (background != null) {
      background.settle();
    }
  }

  @Override
  public void close() {
    if (background != null) {
      background.close();
    }
    makers.close();
    host.forEach(Room::close);
    if (there != null) {
      there.close();
    }
  }
}
