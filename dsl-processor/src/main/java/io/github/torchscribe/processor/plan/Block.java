package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** A block of memory that buffers are laid into. */
public final class Block {
  /** Buffers begin at multiples of 64 bytes, so that vector instructions find them aligned. */
  private static final long ALIGNMENT = 16;

  private final List<Slot> slots = new ArrayList<>();
  private final List<Slot> free = new ArrayList<>();

  /**
   * Memory for a shape: such as nobody needs any more, or new. Numbers of another precision lie
   * elsewhere in the same memory, where another share may still work.
   */
  Slot take(Shape shape, Precision precision) {
    for (Slot slot : free) {
      if (slot.size() == shape.elements() && slot.precision() == precision) {
        free.remove(slot);
        return slot;
      }
    }
    Slot slot = new Slot(shape.elements(), precision);
    slots.add(slot);
    return slot;
  }

  /** Takes memory back, for what comes after. */
  void release(Slot slot) {
    free.add(slot);
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

  static long aligned(long size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
