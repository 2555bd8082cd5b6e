package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.layer.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A block of memory that buffers are laid into. */
public final class Block {
  /** Buffers begin at multiples of 64 bytes, so that vector instructions find them aligned. */
  private static final long ALIGNMENT = 16;

  private final List<Slot> slots = new ArrayList<>();
  private final Deque<Slot> free = new ArrayDeque<>();

  /** Memory of its own for a shape. */
  Slot take(Shape shape) {
    Slot slot = free.poll();
    if (slot == null) {
      slot = new Slot(0);
      slots.add(slot);
    }
    slot.growTo(shape.elements());
    return slot;
  }

  /** Says that nobody reads a slot any more: the next may have it. */
  void release(Slot slot) {
    free.push(slot);
  }

  /** Gives every slot its offset. */
  void layOut() {
    long offset = 0;
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
