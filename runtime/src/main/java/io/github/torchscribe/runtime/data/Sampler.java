package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Randomness;
import java.io.IOException;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The order in which an epoch goes through the examples. */
final class Sampler implements AutoCloseable {
  private final long size;
  private final Randomness randomness;
  private final boolean shuffle;

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

  private void arrange() {
    close();
    arena =
        Arena.filledBy(
            () -> {
              long[] inOrder = shuffle ? null : new long[(int) size];
              for (int i = 0; inOrder != null && i < inOrder.length; i++) {
                inOrder[i] = i;
              }
              order = shuffle ? Randomness.permutation(seed, size) : torch.tensor(inOrder);
            });
  }

  /** The seed says the whole order, in 8 bytes for each example less. */
  void save(State state) {
    state.put("examples", size);
    state.put("seed", seed);
  }

  /** Goes on with an epoch; nothing is drawn. */
  void restore(State state) throws IOException {
    long examples = state.whole("examples");
    if (examples != size) {
      throw new IOException(
          "it was going through " + examples + " examples, but there are " + size);
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
