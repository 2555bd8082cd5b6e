package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.layer.Shape;
import java.util.ArrayList;
import java.util.List;

/** A block of memory that buffers are laid into. */
public final class Block {
  /** Buffers begin at multiples of 64 bytes, so that vector instructions find them aligned. */
  private static final long ALIGNMENT = 16;

  private final List<Slot> slots = new ArrayList<>();

  /** Memory of its own for a shape. */
  Slot take(Shape shape) {
    Slot slot = new Slot(shape.elements());
    slots.add(slot);
    return slot;
  }

  /** Gives every slot its offset, the first the given one. */
  void layOutFrom(long start) {
    long offset = start;
    for (Slot slot : slots) {
      slot.place(offset);
      offset += aligned(slot.size());
    }
  }

  /**
   * The size of the whole.
   *
   * @return in floats per example
   */
  public long size() {
    return slots.stream().mapToLong(slot -> aligned(slot.size())).sum();
  }

  private static long aligned(long size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
