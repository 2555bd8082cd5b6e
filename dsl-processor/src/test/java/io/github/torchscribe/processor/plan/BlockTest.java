package io.github.torchscribe.processor.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import org.junit.jupiter.api.Test;

class BlockTest {
  private final Block block = new Block();

  private Span take(long... sizes) {
    return block.take(Shape.of(sizes), Precision.FULL);
  }

  @Test
  void slotsLieOneAfterTheOtherEachAligned() {
    Span first = take(3);
    Span second = take(4, 5);
    Span third = take(16);
    block.layOutFrom(32);
    assertEquals(32, first.offset());
    assertEquals(48, second.offset());
    assertEquals(80, third.offset());
    assertEquals(16 + 32 + 16, block.size());
  }

  @Test
  void memoryIsNotSharedUntilItIsReleased() {
    assertNotSame(take(8), take(8));
    assertEquals(32, block.size());
  }

  @Test
  void whatIsReleasedIsTakenAgainOnce() {
    Span first = take(2, 4);
    block.release(first);
    assertSame(first, take(8));
    assertNotSame(first, take(8));
    assertEquals(32, block.size());
  }

  @Test
  void onlyMemoryOfTheSameSizeAndPrecisionIsTakenAgain() {
    Span first = take(8);
    block.release(first);
    assertNotSame(first, take(7));
    assertNotSame(first, block.take(Shape.of(8), Precision.LOWERED));
    assertSame(first, take(8));
  }
}
