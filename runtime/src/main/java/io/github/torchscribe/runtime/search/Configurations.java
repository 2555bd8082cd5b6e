package io.github.torchscribe.runtime.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Draws what is tried: from a seed always the same, in the same order, however many are asked for.
 */
final class Configurations {
  private final Space space;
  private final long seed;

  /** Of all of Java's the one whose numbers are laid down. */
  private final Random random;

  private final Set<Map<String, Object>> drawn = new HashSet<>();
  private int count;

  Configurations(Space space, long seed) {
    this.space = space;
    this.seed = seed;
    random = new Random(seed);
  }

  /** The next ones, none of which there was before; fewer where there are no others. */
  List<Configuration> draw(int wanted) {
    List<Configuration> all = new ArrayList<>();
    long inVain = 0;
    while (all.size() < wanted && drawn.size() < space.size() && !areAllDrawn(inVain)) {
      inVain++;
      Map<String, Object> settings = new LinkedHashMap<>();
      for (Setting setting : space.settings()) {
        settings.put(setting.name(), setting.at(random.nextDouble()));
      }
      if (drawn.add(settings)) {
        all.add(next(settings));
        inVain = 0;
      }
    }
    return all;
  }

  /**
   * Whether there is hardly another, after so many draws without one. How many there are is known
   * but where a setting is a range of real numbers, and one that is narrow has few that a {@code
   * double} can be.
   */
  private boolean areAllDrawn(long inVain) {
    return Double.isInfinite(space.size()) && inVain >= 1_000 + 10L * drawn.size();
  }

  /** All combinations. */
  List<Configuration> grid(int points) {
    return space.grid(points).stream().map(this::next).toList();
  }

  private Configuration next(Map<String, Object> settings) {
    count++;
    return new Configuration(count, seedOf(count), settings);
  }

  /** Of 31 bits, which one can read; neighbours have nothing in common (SplitMix64). */
  private long seedOf(int id) {
    long z = seed + id * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (z ^ (z >>> 31)) >>> 33;
  }
}
