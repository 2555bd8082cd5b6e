package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.Arena;
import io.github.torchscribe.runtime.Device;
import io.github.torchscribe.runtime.Randomness;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Goes through a dataset in batches, {@code torch.utils.data.DataLoader}: each {@link #iterator()}
 * is one epoch, in the order that PyTorch would draw from the same random stream. The last batch is
 * smaller when the data do not divide. One iterator at a time.
 *
 * <pre>{@code
 * try (DataLoader loader = DataLoader.shuffled(data, 200, randomness, Device.cpu())) {
 *   for (Batch batch : loader) {
 *     model.step(batch.inputs(), batch.targets());
 *   }
 * }
 * }</pre>
 */
public final class DataLoader implements Iterable<Batch>, AutoCloseable {
  private final Dataset data;
  private final int batchSize;
  private final Randomness randomness;
  private final boolean shuffle;
  private final Device device;

  private final Arena buffers;
  private Tensor hostInputs;
  private Tensor hostTargets;
  private Tensor inputs;
  private Tensor targets;

  private Arena epoch;
  private Tensor order;
  private Arena views;
  private Batch batch;

  private DataLoader(
      Dataset data, int batchSize, Randomness randomness, boolean shuffle, Device device) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("the batch size must be at least 1 but is " + batchSize);
    }
    this.data = data;
    this.batchSize = (int) Math.min(batchSize, data.size());
    this.randomness = randomness;
    this.shuffle = shuffle;
    this.device = device;
    this.buffers = Arena.filledBy(this::allocate);
  }

  /**
   * Every epoch in a new random order.
   *
   * @param data the examples
   * @param batchSize examples per batch, at least 1
   * @param randomness drawn from at the beginning of each epoch
   * @param device where batches are wanted
   * @return a loader, to be closed
   */
  public static DataLoader shuffled(
      Dataset data, int batchSize, Randomness randomness, Device device) {
    return new DataLoader(data, batchSize, randomness, true, device);
  }

  /**
   * Every epoch in the data's own order. PyTorch draws a number each time even so; here it is drawn
   * where a stream is given.
   *
   * @param data the examples
   * @param batchSize examples per batch, at least 1
   * @param randomness drawn from at the beginning of each epoch, or null
   * @param device where batches are wanted
   * @return a loader, to be closed
   */
  public static DataLoader sequential(
      Dataset data, int batchSize, Randomness randomness, Device device) {
    return new DataLoader(data, batchSize, randomness, false, device);
  }

  /**
   * How many examples a batch has, unless it is the last.
   *
   * @return at most as many as there are
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * How many batches an epoch has.
   *
   * @return at least 1
   */
  public long batches() {
    return (data.size() + batchSize - 1) / batchSize;
  }

  @Override
  public Iterator<Batch> iterator() {
    buffers.requireOpen("this loader");
    if (epoch != null) {
      epoch.close();
    }
    epoch = Arena.filledBy(() -> order = drawOrder());
    return new Epoch();
  }

  @Override
  public void close() {
    if (epoch != null) {
      epoch.close();
      epoch = null;
    }
    if (views != null) {
      views.close();
      views = null;
    }
    buffers.close();
  }

  private Tensor drawOrder() {
    if (shuffle) {
      return randomness.permutation(data.size());
    }
    if (randomness != null) {
      randomness.iterate();
    }
    long[] order = new long[(int) data.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    return torch.tensor(order);
  }

  private void allocate() {
    hostInputs = data.inputs().empty(batchSize);
    hostTargets = data.targets().empty(batchSize);
    boolean elsewhere = device.type() != Device.Type.CPU;
    inputs = elsewhere ? device.copy(hostInputs) : hostInputs;
    targets = elsewhere ? device.copy(hostTargets) : hostTargets;
  }

  /** One pass over the data. */
  private final class Epoch implements Iterator<Batch> {
    private final Tensor mine = order;
    private long next;

    @Override
    public boolean hasNext() {
      return next < data.size();
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch is over");
      }
      buffers.requireOpen("this loader");
      if (mine != order) {
        throw new IllegalStateException("another epoch of this loader has begun");
      }
      int size = (int) Math.min(batchSize, data.size() - next);
      PointerScope scope = new PointerScope();
      try {
        Tensor indices = order.narrow(0, next, size);
        data.gather(indices, first(hostInputs, size), first(hostTargets, size));
        if (inputs != hostInputs) {
          first(inputs, size).copy_(first(hostInputs, size));
          first(targets, size).copy_(first(hostTargets, size));
        }
      } finally {
        scope.close();
      }
      next += size;
      return batchOf(size);
    }
  }

  /** The views of a batch are made when its size changes: twice an epoch, not for every batch. */
  private Batch batchOf(int size) {
    if (batch == null || batch.size() != size) {
      if (views != null) {
        views.close();
      }
      views =
          Arena.filledBy(() -> batch = new Batch(first(inputs, size), first(targets, size), size));
    }
    return batch;
  }

  private static Tensor first(Tensor tensor, long count) {
    return tensor.narrow(0, 0, count);
  }
}
