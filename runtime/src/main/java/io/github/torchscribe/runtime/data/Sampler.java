package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Peers;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.torch.Threads;
import java.io.IOException;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The order in which an epoch goes through the examples. */
final class Sampler implements AutoCloseable {
  private final long size;
  private final Randomness randomness;
  private final boolean shuffle;
  private Peers peers = Peers.NONE;
  private Peers among = Peers.NONE;
  private long repeated;
  private long batch;

  private Arena arena;
  private Tensor order;
  private long seed;

  /**
   * An order for each epoch.
   *
   * @param size how many examples there are
   * @param randomness drawn from for each epoch; null only where nothing is shuffled
   */
  Sampler(long size, Randomness randomness, boolean shuffle) {
    this.size = size;
    this.randomness = randomness;
    this.shuffle = shuffle;
  }

  /**
   * Each of some processes takes every so-many-th example, as {@code DistributedSampler} has it:
   * all of them as many, so that the first ones come again where they do not divide.
   */
  void distribute(Peers among) {
    peers = among;
  }

  /** Each of some processes takes some rows of every batch. */
  void divide(Peers all, long batchSize) {
    among = all;
    batch = batchSize;
  }

  /** Which row of a batch a process begins with that divides it with others. */
  static long first(long size, int rank, Peers all) {
    return size * rank / all.size();
  }

  /** An epoch has so many examples, and begins again where there are fewer. */
  void repeatTo(long examples) {
    repeated = examples;
  }

  /** How many examples an epoch has, of all that divide its batches. */
  long length() {
    return (Math.max(size, repeated) + peers.size() - 1) / peers.size();
  }

  /** Begins an epoch. */
  void next() {
    if (randomness != null) {
      randomness.iterate();
    }
    seed = shuffle ? randomness.iterate() : 0;
    arrange();
  }

  /** The indices of the examples, valid during this epoch. */
  Tensor order() {
    return order;
  }

  /** Alone: libtorch's other threads would spin for milliseconds, beside the first steps. */
  private void arrange() {
    close();
    Threads.alone(() -> arena = ordered());
  }

  private Arena ordered() {
    return Arena.filledBy(
        () -> {
          long[] inOrder = shuffle ? null : new long[(int) size];
          for (int i = 0; inOrder != null && i < inOrder.length; i++) {
            inOrder[i] = i;
          }
          order = mine(shuffle ? Randomness.permutation(seed, size) : torch.tensor(inOrder));
        });
  }

  private Tensor mine(Tensor all) {
    if (among.size() > 1) {
      return rows(all);
    }
    long wanted = length() * peers.size();
    if (wanted == size) {
      return peers.size() == 1 ? all : every(all);
    }
    long times = (wanted + size - 1) / size;
    return every(all.repeat(times).narrow(0, 0, wanted));
  }

  private Tensor rows(Tensor all) {
    TensorVector pieces = new TensorVector();
    for (long from = 0; from < size; from += batch) {
      long count = Math.min(batch, size - from);
      long begin = first(count, among.rank(), among);
      long end = first(count, among.rank() + 1, among);
      pieces.push_back(all.narrow(0, from + begin, end - begin));
    }
    return torch.cat(pieces);
  }

  private Tensor every(Tensor all) {
    return all.view(-1, peers.size()).select(1, peers.rank()).contiguous();
  }

  /** The seed says the whole order, in 8 bytes for each example less. */
  void save(State state) {
    state.put("examples", Math.max(size, repeated)); // the same where parts differ
    state.put("seed", seed);
  }

  /** Goes on with an epoch; nothing is drawn. */
  void restore(State state) throws IOException {
    long examples = state.whole("examples");
    if (examples != Math.max(size, repeated)) {
      throw new IOException(
          "it was going through "
              + examples
              + " examples, but there are "
              + Math.max(size, repeated));
    }
    seed = state.whole("seed");
    arrange();
  }

  @Override
  public void close() {
    if (arena != null) {
      arena.close();
      arena = null;
      order = null;
    }
  }
}
