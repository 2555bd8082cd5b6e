package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.generated.Counted;
import java.lang.ref.WeakReference;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Indices on a GPU that have been looked at: reading them anew waits for all that the GPU does, so
 * whoever gives the same tensor again, unchanged since, is asked nothing. libtorch counts changes,
 * all but those that are written past it.
 */
final class SeenIndices {
  private static final int ROOM = 256;

  private final Seen[] all = new Seen[ROOM];

  private record Seen(
      WeakReference<Tensor> tensor, long version, String what, double[] weights, Counted counted) {}

  /**
   * What counts among indices, if that is known.
   *
   * @param what they are
   * @param weights of the classes that they name, or null
   */
  Optional<Counted> known(String what, Tensor indices, double... weights) {
    Seen seen = all[place(indices)];
    return seen != null
            && seen.tensor.get() == indices
            && seen.what.equals(what)
            && seen.weights == weights
            && seen.version == version(indices)
        ? Optional.of(seen.counted)
        : Optional.empty();
  }

  /** They have been looked at. */
  void add(String what, Tensor indices, double[] weights, Counted counted) {
    long version = version(indices);
    if (version >= 0) {
      all[place(indices)] = new Seen(new WeakReference<>(indices), version, what, weights, counted);
    }
  }

  private static int place(Tensor indices) {
    return System.identityHashCode(indices) % ROOM;
  }

  /** How often they have been changed; below 0 where nobody counts that. */
  private static long version(Tensor indices) {
    return indices.is_inference() ? -1 : indices._version();
  }
}
