package io.github.torchscribe.runtime.torch;

import io.github.torchscribe.runtime.process.Native;
import java.util.Optional;
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
 * shuffles, a second one that seeds the generator of the epoch's permutation. {@link #iterate}
 * draws such a number.
 */
public final class Randomness implements AutoCloseable {
  private GeneratorOptional generator;
  private final Arena arena;
  private Device gpu;
  private Arena ofGpu;
  private GeneratorOptional gpuGenerator;
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

  /**
   * The generator for operations on a device: on a GPU a stream of its own, from the same seed.
   *
   * @param device where the operations are
   * @return valid until this is closed
   */
  public synchronized GeneratorOptional generator(Device device) {
    if (device.type() == Device.Type.CPU) {
      return generator;
    }
    if (!device.equals(gpu)) {
      if (ofGpu != null) {
        ofGpu.close();
      }
      ofGpu =
          Arena.filledBy(
              () ->
                  gpuGenerator = new GeneratorOptional(CudaRandom.generator(device.index(), seed)));
      gpu = device;
    }
    return gpuGenerator;
  }

  /**
   * Begins anew.
   *
   * @param another seed, whatever the stream began with
   */
  public void reseed(long another) {
    generator.get().set_current_seed(another);
    if (gpu != null) {
      gpuGenerator.get().set_current_seed(another);
    }
  }

  /** Where the stream of a GPU is; empty where nothing has been drawn there. */
  public Optional<Tensor> gpuState() {
    return gpu == null ? Optional.empty() : Optional.of(gpuGenerator.get().get_state().clone());
  }

  /** Goes on from where a GPU's stream was. */
  public void gpuState(Device device, Tensor state) {
    generator(device).get().set_state(state);
  }

  /** Where the stream is, in libtorch's own form. */
  public Tensor state() {
    return generator.get().get_state().clone();
  }

  /** Goes on from where a stream was. */
  public void state(Tensor state) {
    generator.get().set_state(state);
  }

  /**
   * Draws a number as iterating a {@code DataLoader} does: a base seed, or the seed of an order.
   *
   * @return the number
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
   * {@code torch.randperm(size, generator=torch.Generator().manual_seed(seed))}.
   *
   * @param seed of a stream of its own
   * @param size how many
   * @return a permutation of 0 … size − 1, owned by the caller's scope
   */
  public static Tensor permutation(long seed, long size) {
    Native.load();
    Generator own = torch.createCPUGenerator(seed);
    try {
      return torch.randperm(size, new GeneratorOptional(own), int64());
    } finally {
      own.close();
    }
  }

  private static TensorOptions int64() {
    return Device.cpu().options(torch.ScalarType.Long);
  }

  @Override
  public void close() {
    if (ofGpu != null) {
      ofGpu.close();
    }
    arena.close();
  }
}
