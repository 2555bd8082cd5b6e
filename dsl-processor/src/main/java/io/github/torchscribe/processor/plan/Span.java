package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.tensor.Precision;

/**
 * A piece of a block of memory, for each example. Its offset is known once the block is complete.
 */
public final class Span {
  private final long size;
  private final Precision precision;
  private long offset;

  Span(long size, Precision precision) {
    this.size = size;
    this.precision = precision;
  }

  long size() {
    return size;
  }

  Precision precision() {
    return precision;
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
