package io.github.torchscribe.processor.plan;

/**
 * A piece of a block of memory, for each example. Its offset is known once the block is complete.
 */
public final class Slot {
  private final long size;
  private long offset;

  Slot(long size) {
    this.size = size;
  }

  long size() {
    return size;
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
}
