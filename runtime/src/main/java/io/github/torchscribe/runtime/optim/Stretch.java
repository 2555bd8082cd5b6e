package io.github.torchscribe.runtime.optim;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Numbers that lie side by side in a flat tensor.
 *
 * @param offset where they begin, in elements
 * @param size how many they are; may be 0
 */
record Stretch(long offset, long size) {
  /** What begins at a multiple of it lies as all does: in whole lines of the cache. */
  private static final long LINE = 16;

  /**
   * What of so many numbers is a rank's: as much as any other's, up to a line.
   *
   * @param all how many there are
   */
  static Stretch part(long all, int rank, int ranks) {
    long begin = begin(all, rank, ranks);
    return new Stretch(begin, begin(all, rank + 1, ranks) - begin);
  }

  private static long begin(long all, int rank, int ranks) {
    return rank == ranks ? all : all / LINE * rank / ranks * LINE;
  }

  /** All ranks' parts, in their order. */
  static List<Stretch> parts(long all, int ranks) {
    return IntStream.range(0, ranks).mapToObj(rank -> part(all, rank, ranks)).toList();
  }

  /** What both have; empty where that is nothing. */
  Stretch common(Stretch other) {
    long begin = Math.max(offset, other.offset);
    long end = Math.min(offset + size, other.offset + other.size);
    return new Stretch(begin, Math.max(end - begin, 0));
  }

  /** The same, counted from elsewhere. */
  Stretch from(long origin) {
    return new Stretch(offset - origin, size);
  }

  /** The numbers themselves: a view. */
  Tensor of(Tensor flat) {
    return offset == 0 && size == flat.numel() ? flat : flat.narrow(0, offset, size);
  }

  // As in ParameterGroup: Java's own remembers the class of whatever record was compared last.
  @Override
  public boolean equals(Object other) {
    return other instanceof Stretch some && offset == some.offset && size == some.size;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * offset + size);
  }
}
