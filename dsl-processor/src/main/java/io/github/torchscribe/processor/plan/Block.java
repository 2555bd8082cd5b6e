package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** A block of memory that buffers are laid into. */
public final class Block {
  /** Buffers begin at multiples of 64 bytes, so that vector instructions find them aligned. */
  private static final long ALIGNMENT = 16;

  private final List<Span> spans = new ArrayList<>();
  private final List<Span> free = new ArrayList<>();

  /**
   * Memory for a shape: such as nobody needs any more, or new. Numbers of another precision lie
   * elsewhere in the same memory, where another share may still work.
   */
  Span take(Shape shape, Precision precision) {
    for (Span span : free) {
      if (span.size() == shape.elements() && span.precision() == precision) {
        free.remove(span);
        return span;
      }
    }
    Span span = new Span(shape.elements(), precision);
    spans.add(span);
    return span;
  }

  /** Takes memory back, for what comes after. */
  void release(Span span) {
    free.add(span);
  }

  /** Gives every span its offset, the first the given one. */
  void layOutFrom(long start) {
    long offset = start;
    for (Span span : spans) {
      span.place(offset);
      offset += aligned(span.size());
    }
  }

  /**
   * The size of the whole.
   *
   * @return in floats per example
   */
  public long size() {
    return spans.stream().mapToLong(span -> aligned(span.size())).sum();
  }

  static long aligned(long size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
