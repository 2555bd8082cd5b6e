package io.github.torchscribe.processor.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives spans their places, each one that nobody needs at the same time: what has just been left,
 * which is still in the cache, or the lowest.
 *
 * <p>Where workers divide a batch in training, each has the same rows of all results, and one may
 * be some layers ahead of the others: there a place is only used again by what has the same size
 * and precision, so that a worker's rows lie where its rows lay.
 */
final class Layout {
  /** Buffers begin at multiples of 64 bytes, so that vector instructions find them aligned. */
  private static final long ALIGNMENT = 16;

  /** A span and the stay that is being placed. */
  record Tenant(Span span, Stay stay) {
    long end() {
      return stay.offset() + aligned(span.size());
    }

    /** Whether a worker's rows lie in the same place in both. */
    boolean isLike(Tenant other) {
      return span.size() == other.span.size() && span.precision() == other.span.precision();
    }
  }

  private final boolean divided;
  private final List<Tenant> placed = new ArrayList<>();
  private long size;

  /**
   * Nothing yet.
   *
   * @param divided whether a place is only used again by what has the same size and precision
   */
  Layout(boolean divided) {
    this.divided = divided;
  }

  /** Places one more. */
  void place(Span span, Stay stay) {
    Tenant tenant = new Tenant(span, stay);
    stay.place(place(tenant));
    placed.add(tenant);
    size = Math.max(size, tenant.end());
  }

  /** The size of the whole, in floats per example. */
  long size() {
    return size;
  }

  private long place(Tenant tenant) {
    return justLeft(tenant)
        .filter(other -> !divided || other.isLike(tenant))
        .filter(other -> isFree(other.stay().offset(), tenant))
        .findFirst()
        .map(other -> other.stay().offset())
        .orElseGet(() -> divided ? size : lowest(tenant));
  }

  /** What is no longer needed and was as large, the last one first: that is still in the cache. */
  private Stream<Tenant> justLeft(Tenant tenant) {
    return placed.stream()
        .filter(other -> other.stay().last() < tenant.stay().first())
        .filter(other -> other.span().size() >= tenant.span().size())
        .sorted(Comparator.comparingInt(other -> -other.stay().last()));
  }

  private boolean isFree(long offset, Tenant tenant) {
    long end = offset + aligned(tenant.span().size());
    return placed.stream()
        .filter(other -> other.stay().offset() < end && offset < other.end())
        .noneMatch(other -> other.stay().overlaps(tenant.stay()));
  }

  private long lowest(Tenant tenant) {
    List<Tenant> neighbours =
        placed.stream()
            .filter(other -> other.stay().overlaps(tenant.stay()))
            .sorted(Comparator.comparingLong(other -> other.stay().offset()))
            .toList();
    long offset = 0;
    for (Tenant neighbour : neighbours) {
      if (neighbour.stay().offset() >= offset + aligned(tenant.span().size())) {
        return offset;
      }
      offset = Math.max(offset, neighbour.end());
    }
    return offset;
  }

  private static long aligned(long size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
