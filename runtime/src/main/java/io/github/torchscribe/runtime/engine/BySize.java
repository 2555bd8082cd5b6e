package io.github.torchscribe.runtime.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is made for batches of a size that comes again and again.
 *
 * @param <T> is closed with this
 */
final class BySize<T> implements AutoCloseable {
  /** The size of most batches, and that of an epoch's last. */
  private static final int MOST_SIZES = 2;

  /** How often another size than the first has come before memory is taken for it. */
  private static final int OFTEN = 3;

  private final Consumer<T> closes;
  private final Map<Long, T> all = new HashMap<>();
  private final Map<Long, Integer> seen = new HashMap<>();

  /**
   * Nothing yet.
   *
   * @param closes frees one
   */
  BySize(Consumer<T> closes) {
    this.closes = closes;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** The one of a size, if there is one already. */
  Optional<T> known(long size) {
    return Optional.ofNullable(all.get(size));
  }

  /**
   * The one of a size, which is made if that is worth it.
   *
   * @throws NoRoom when there is no memory for the first
   */
  Optional<T> of(long size, Supplier<T> made) {
    T known = all.get(size);
    if (known == null && isWorthIt(size)) {
      known = make(size, made);
    }
    return Optional.ofNullable(known);
  }

  private boolean isWorthIt(long size) {
    return all.isEmpty() || all.size() < MOST_SIZES && seen.merge(size, 1, Integer::sum) >= OFTEN;
  }

  private T make(long size, Supplier<T> made) {
    try {
      T one = made.get();
      all.put(size, one);
      return one;
    } catch (NoRoom e) {
      if (all.isEmpty()) {
        throw e;
      }
      seen.put(size, Integer.MIN_VALUE);
      return null;
    }
  }

  @Override
  public void close() {
    all.values().forEach(closes);
    all.clear();
    seen.clear();
  }
}
