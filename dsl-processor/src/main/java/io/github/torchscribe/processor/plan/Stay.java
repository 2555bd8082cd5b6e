package io.github.torchscribe.processor.plan;

/** How long something lies in memory, from one moment to another, both included; and where. */
public final class Stay {
  private final int first;
  private int last;
  private long offset;

  Stay(int first) {
    this.first = first;
    last = first;
  }

  /** It is still needed then. */
  void until(int moment) {
    last = Math.max(last, moment);
  }

  boolean overlaps(Stay other) {
    return first <= other.last && other.first <= last;
  }

  void place(long where) {
    offset = where;
  }

  /**
   * Where it begins.
   *
   * @return in floats per example
   */
  public long offset() {
    return offset;
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }
}
