package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Peers;
import io.github.torchscribe.runtime.torch.Randomness;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Goes through a dataset in batches, {@code torch.utils.data.DataLoader}: each {@link #iterator()}
 * is one epoch, in the order that PyTorch would draw from the same random stream. The last batch is
 * smaller when the data do not divide, unless it is {@linkplain #dropLast left out}. One iterator
 * at a time. Where the dataset {@linkplain Dataset#takesTime takes time}, the next batch is made
 * ready in the background.
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
  /** No run has as many batches. */
  private static final int RANK = 32;

  private final Dataset data;
  private final int batchSize;
  private final Sampler sampler;
  private final Residence residence;
  private Supply supply;
  private boolean closed;
  private Crew crew = Crew.ALONE;
  private Peers peers = Peers.NONE;
  private Peers among = Peers.NONE;

  /** How many examples each of some processes has, where the data are this one's part alone. */
  private long[] parts;

  private boolean dropsLast;
  private long lastFrom;
  private long taken;
  private long position;

  private DataLoader(
      Dataset data, int batchSize, Randomness randomness, boolean shuffle, Device device) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("the batch size must be at least 1 but is " + batchSize);
    }
    if (data.size() < 1) {
      throw new IllegalArgumentException("the data have no example");
    }
    this.data = data;
    this.batchSize = batchSize;
    this.sampler = new Sampler(data.size(), randomness, shuffle);
    this.position = data.position();
    this.residence = new Residence(data, device);
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
   * Lets a crew gather the batches of a dataset that {@linkplain Dataset#gathersParts allows it}.
   *
   * @param helpers have nothing else to do whenever a batch is asked for
   * @return this loader
   */
  public DataLoader gatheredBy(Crew helpers) {
    // In the background, while the network learns, its crew has something else to do.
    crew = !data.takesTime() && data.gathersParts() ? helpers : Crew.ALONE;
    return this;
  }

  /**
   * Whether all examples are brought to the device before the first epoch, and batches gathered
   * there. They are the same, digit for digit; what becomes of the data meanwhile is not noticed.
   *
   * @param on unless stated otherwise on a GPU, where the dataset is {@linkplain Dataset#isFixed
   *     fixed} and takes no more than a quarter of the memory that is free there; one that
   *     {@linkplain Dataset#takesTime takes time} comes there in the course of the first epoch
   * @return this loader
   * @throws IllegalArgumentException when it is to be so of a dataset that is not fixed
   * @throws IllegalStateException when the loader has begun
   */
  public DataLoader resident(boolean on) {
    requireNotBegun("where the examples lie");
    residence.ask(on);
    return this;
  }

  /**
   * Whether batches that do not come from the device are gathered in the background, in memory that
   * a GPU reads by itself, and copied one ahead, beside what is computed: {@code pin_memory}.
   *
   * @param on true unless stated otherwise; on the CPU it makes no difference
   * @return this loader
   * @throws IllegalStateException when the loader has begun
   */
  public DataLoader pinMemory(boolean on) {
    requireNotBegun("where the examples lie");
    residence.pin(on);
    return this;
  }

  private void requireNotBegun(String what) {
    if (supply != null) {
      throw new IllegalStateException("the first epoch has begun: say before it " + what);
    }
  }

  /**
   * Whether the last batch of an epoch is left out where it is smaller than the others, {@code
   * drop_last}.
   *
   * @param on false unless stated otherwise
   * @return this loader
   */
  public DataLoader dropLast(boolean on) {
    dropsLast = on;
    return this;
  }

  /**
   * Each of some processes has its part of every epoch, as {@code
   * torch.utils.data.distributed.DistributedSampler} gives it: of the order that all draw alike,
   * every so-many-th example. All have as many; the first ones come again where they do not divide.
   *
   * @param all the processes, of which this is one
   * @return this loader
   * @throws IllegalStateException when the loader has begun
   */
  public DataLoader distributed(Peers all) {
    requireNotBegun("which of them this process has");
    peers = all;
    sampler.distribute(all);
    return this;
  }

  /**
   * An epoch has so many examples, and goes through the data once more where they are fewer: as
   * processes do whose parts have different sizes.
   *
   * @param examples at least as many as there are
   * @param all the processes, of which this is one
   * @return this loader
   * @throws IllegalStateException when the loader has begun
   */
  public DataLoader repeatedTo(long examples, Peers all) {
    requireNotBegun("how many an epoch has");
    peers = all;
    sampler.repeatTo(examples);
    return this;
  }

  /**
   * Each of some processes has some rows of every batch: the batches are the same as one process
   * has them, and of a last one that is smaller than there are processes some have nothing.
   *
   * @param all the processes, of which this is one
   * @return this loader
   * @throws IllegalStateException when the loader has begun
   */
  public DataLoader dividedAmong(Peers all) {
    requireNotBegun("which of them this process has");
    among = all;
    sampler.divide(all, batchSize());
    return this;
  }

  /**
   * The data are the part of one of some processes, of which each goes through its own: a batch of
   * all together consists of what each has next, and of the last ones those have nothing that have
   * fewer examples.
   *
   * @param all the processes, of which this is one
   * @param sizes how many examples each of them has
   * @return this loader
   * @throws IllegalStateException when the loader has begun
   */
  public DataLoader ofParts(Peers all, long... sizes) {
    requireNotBegun("which of them this process has");
    among = all;
    parts = sizes.clone();
    return this;
  }

  /**
   * How many examples of a batch one of the processes has that divide it.
   *
   * @param batch its number, from 0
   * @param rank of the process
   * @return all of them unless batches are divided
   */
  public int rows(long batch, int rank) {
    if (parts != null) {
      long left = parts[rank] - batch * batchSize();
      return (int) Math.max(0, Math.min(batchSize(), left));
    }
    long size = Math.min(batchSize(), sampler.length() - batch * batchSize());
    return (int) (Sampler.first(size, rank + 1, among) - Sampler.first(size, rank, among));
  }

  /** How many examples the longest epoch of all processes has. */
  private long length() {
    return parts == null ? sampler.length() : LongStream.of(parts).max().orElseThrow();
  }

  private long end() {
    long length = length();
    return dropsLast ? length / batchSize() * batchSize() : length;
  }

  /**
   * How many examples a batch has, unless it is the last.
   *
   * @return at most as many as there are
   */
  public int batchSize() {
    return (int) Math.min(batchSize, length());
  }

  /**
   * How many batches an epoch has.
   *
   * @return at least 1
   */
  public long batches() {
    int size = batchSize();
    return (end() + size - 1) / size;
  }

  @Override
  public Iterator<Batch> iterator() {
    requireOpen();
    settle();
    sampler.next();
    place(); // also after an epoch of which batches were read ahead in vain
    taken = 0;
    return epoch(0);
  }

  private Epoch epoch(long next) {
    if (supply == null) {
      boolean areAll = peers.size() == 1 && (among.size() == 1 || parts != null);
      int most = parts == null ? rows(0, among.size() - 1) : rows(0, among.rank()); // of any batch
      supply = residence.supply(most, crew, areAll);
    }
    supply.begin(sampler.order());
    return new Epoch(next);
  }

  /** Where the dataset is: what is random about it must not be the same in all processes. */
  private void place() {
    data.position(position + ((long) peers.rank() << RANK));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this loader is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    settle();
    if (peers.rank() > 0) {
      data.position(position); // whoever reads on is no rank
    }
    if (supply != null) {
      supply.close();
    }
    sampler.close();
  }

  /** What is read ahead for an epoch that nobody goes on with ends before its order is freed. */
  private void settle() {
    if (supply != null) {
      supply.settle();
    }
  }

  /**
   * Puts into a state where the epoch is, after the last batch that was taken.
   *
   * @param state takes copies
   */
  public void save(State state) {
    savePosition(state);
    state.put("next", taken * peers.size());
    sampler.save(state);
  }

  /**
   * Puts into a state what matters after a whole epoch.
   *
   * @param state takes it
   */
  public void savePosition(State state) {
    state.put("position", position);
  }

  /**
   * Goes on with an epoch. Nothing is drawn.
   *
   * @param state of a loader of the same data
   * @return the batches that are left
   * @throws IOException when the state is of another
   */
  public Iterable<Batch> resume(State state) throws IOException {
    requireOpen();
    settle();
    restorePosition(state);
    long next = state.whole("next");
    if (next < 0) {
      throw new IOException("it was at example " + next);
    }
    sampler.restore(state);
    place();
    // There may have been another number of processes, and other examples that came again.
    taken = Math.min(sampler.length(), (next + peers.size() - 1) / peers.size());
    long left = taken;
    return () -> epoch(left);
  }

  /**
   * Goes on after the last whole epoch.
   *
   * @param state of a loader of the same data
   * @throws IOException when the state is of another
   */
  public void restorePosition(State state) throws IOException {
    position = state.whole("position");
  }

  /** One pass over the data. */
  private final class Epoch implements Iterator<Batch> {
    private final Tensor mine = sampler.order();
    private long next;
    private long number;

    Epoch(long next) {
      this.next = next;
    }

    @Override
    public boolean hasNext() {
      return size(next, number) > 0;
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch is over");
      }
      requireOpen();
      if (mine != sampler.order()) {
        throw new IllegalStateException("another epoch of this loader has begun");
      }
      int size = size(next, number);
      Batch batch = supply.batch(next, size, size(next + size, number + 1));
      lastFrom = next;
      next += size;
      number++;
      taken = next;
      position++;
      return batch;
    }

    /** A run that goes on may do so anywhere: another number of processes had other batches. */
    private int size(long from, long batch) {
      if (among.size() == 1) {
        return from < end() ? (int) Math.min(batchSize(), sampler.length() - from) : 0;
      }
      return batch < batches() ? rows(batch, among.rank()) : 0;
    }
  }

  /**
   * Which example of the data one of the last batch is.
   *
   * @param place in the batch
   * @return its index in the data
   */
  public long example(long place) {
    return sampler.order().select(0, lastFrom + place).item_long();
  }

  /**
   * Where in the epoch's order the last batch begins.
   *
   * @return how many examples came before
   */
  public long from() {
    return lastFrom;
  }

  /**
   * What of an earlier batch of the epoch is no finite number: it is read anew.
   *
   * @param from where in the epoch's order it began
   * @param size how many examples it had
   * @return the first such example, and where in it; empty where there is none
   */
  public Optional<NotFinite> notFinite(long from, int size) {
    long[] indices = new long[size];
    sampler.order().narrow(0, from, size).contiguous().data_ptr_long().get(indices);
    try (Subset some = new Subset(data, indices);
        DataLoader again = sequential(some, size, null, Device.cpu())) {
      return NotFinite.in(again.iterator().next(), place -> indices[(int) place]);
    }
  }

  /**
   * What of the last batch is no finite number.
   *
   * @param batch the last one
   * @return the first such example, and where in it; empty where there is none
   */
  public Optional<NotFinite> notFinite(Batch batch) {
    return NotFinite.in(batch, this::example);
  }
}
