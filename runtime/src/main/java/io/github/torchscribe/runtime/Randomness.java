package io.github.torchscribe.runtime;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * A stream of random numbers equal to that of {@code torch.manual_seed(seed)} on the CPU, but of
 * its own: models in one JVM do not disturb each other.
 *
 * <p>Python's program draws the initial weights first, layer by layer; then, each time a {@code
 * DataLoader} is iterated, one 64-bit number (the base seed of its workers); and, where it
 * shuffles, a second one that seeds the generator of the epoch's permutation. {@link #iterate} and
 * {@link #permutation} draw the same.
 */
public final class Randomness implements AutoCloseable {
  private GeneratorOptional generator;
  private final Arena arena;
  private final long seed;

  /**
   * Begins a stream.
   *
   * @param seed as for {@code torch.manual_seed}
   */
  public Randomness(long seed) {
    Native.load();
    this.seed = seed;
    arena = Arena.filledBy(() -> generator = new GeneratorOptional(torch.createCPUGenerator(seed)));
  }

  /**
   * What the stream began with.
   *
   * @return the seed
   */
  public long seed() {
    return seed;
  }

  /**
   * The generator, for libtorch's random operations.
   *
   * @return valid until this is closed
   */
  public GeneratorOptional generator() {
    return generator;
  }

  /** Where the stream is, in libtorch's own form. */
  Tensor state() {
    return generator.get().get_state().clone();
  }

  /** Goes on from where a stream was. */
  void state(Tensor state) {
    generator.get().set_state(state);
  }

  /**
   * Draws what iterating an unshuffled {@code DataLoader} draws, and forgets it.
   *
   * @return the base seed
   */
  public long iterate() {
    arena.requireOpen("this random stream");
    PointerScope scope = new PointerScope();
    try {
      TensorOptions int64 = Device.cpu().options(torch.ScalarType.Long);
      return torch.empty(new long[0], int64, null).random_(generator).item_long();
    } finally {
      scope.close();
    }
  }

  /**
   * Draws what iterating a shuffled {@code DataLoader} draws.
   *
   * @param size how many examples there are
   * @return the epoch's order: a permutation of 0 … size − 1, owned by the caller's scope
   */
  public Tensor permutation(long size) {
    iterate();
    long epochSeed = iterate();
    Generator own = torch.createCPUGenerator(epochSeed);
    try {
      return torch.randperm(size, new GeneratorOptional(own), int64());
    } finally {
      own.close();
    }
  }

  /**
   * {@code torch.randperm(size, generator=torch.Generator().manual_seed(seed))}.
   *
   * @param seed of a stream of its own
   * @param size how many
   * @return a permutation of 0 … size − 1
   */
  public static long[] permutation(long seed, long size) {
    Native.load();
    PointerScope scope = new PointerScope();
    try {
      Generator own = torch.createCPUGenerator(seed);
      return Predictions.longs(torch.randperm(size, new GeneratorOptional(own), int64()));
    } finally {
      scope.close();
    }
  }

  private static TensorOptions int64() {
    return Device.cpu().options(torch.ScalarType.Long);
  }

  @Override
  public void close() {
    arena.close();
  }
}
