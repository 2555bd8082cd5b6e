package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.file.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many steps each parameter has done: as many as all others, unless some began to learn later,
 * or were left out in between.
 */
final class Counts {
  private final TreeMap<Long, Count> byOffset = new TreeMap<>();

  Counts() {
    byOffset.put(0L, new Count());
  }

  /** What has been counted of parameters that lie side by side. */
  static final class Count {
    private long steps;

    /** What an optimizer multiplies up from step to step, such as momenta. */
    double product = 1;

    long steps() {
      return steps;
    }

    private Count copy() {
      Count copy = new Count();
      copy.steps = steps;
      copy.product = product;
      return copy;
    }
  }

  /** The same, whatever becomes of this. */
  Counts copy() {
    Counts copy = new Counts();
    byOffset.forEach((offset, count) -> copy.byOffset.put(offset, count.copy()));
    return copy;
  }

  /**
   * Some parameters that have done as many steps.
   *
   * @param offset where they begin
   * @param size how many elements they are
   */
  record Part(long offset, long size, Count count) {}

  /**
   * One more step of a group.
   *
   * @param all how many elements there are
   */
  List<Part> step(long offset, long size, long all) {
    long end = offset + size;
    split(offset);
    if (end < all) {
      split(end);
    }
    List<Part> parts = new ArrayList<>();
    for (Map.Entry<Long, Count> entry : byOffset.subMap(offset, end).entrySet()) {
      Long next = byOffset.higherKey(entry.getKey());
      long last = next == null ? end : Math.min(next, end);
      entry.getValue().steps++;
      parts.add(new Part(entry.getKey(), last - entry.getKey(), entry.getValue()));
    }
    return parts;
  }

  private void split(long at) {
    byOffset.computeIfAbsent(at, key -> byOffset.lowerEntry(key).getValue().copy());
  }

  void save(State state) {
    int number = 0;
    for (Map.Entry<Long, Count> entry : byOffset.entrySet()) {
      String name = "counts." + number++;
      state.put(name + ".offset", entry.getKey());
      state.put(name + ".steps", entry.getValue().steps);
      state.put(name + ".product", entry.getValue().product);
    }
  }

  void restore(State state) throws IOException {
    byOffset.clear();
    for (int i = 0; i == 0 || state.has("counts." + i + ".offset"); i++) {
      String name = "counts." + i;
      Count count = new Count();
      count.steps = state.whole(name + ".steps");
      count.product = state.number(name + ".product");
      byOffset.put(state.whole(name + ".offset"), count);
    }
  }
}
