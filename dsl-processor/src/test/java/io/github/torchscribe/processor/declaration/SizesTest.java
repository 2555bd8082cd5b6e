package io.github.torchscribe.processor.declaration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.dsl.Size;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which size is meant is read back from a number. */
class SizesTest {
  private static final int[] ALL = {Size.A, Size.B, Size.C, Size.D, Size.E, Size.F, Size.G, Size.H};
  private static final Sizes GIVEN = Sizes.of(List.of(2L, 3L, 5L, 7L, 11L, 13L, 17L, 19L), "");

  @Test
  void eachMultipleOfASizeIsThatOfWhatIsGiven() {
    List<Long> given = List.of(2L, 3L, 5L, 7L, 11L, 13L, 17L, 19L);
    for (int i = 0; i < ALL.length; i++) {
      for (int factor = 1; factor <= 63; factor++) {
        assertTrue((long) factor * ALL[i] > Integer.MIN_VALUE, "an int");
        assertEquals(factor * given.get(i), GIVEN.of(factor * ALL[i]));
      }
    }
  }

  @Test
  void otherNumbersAreThemselves() {
    IntStream.range(-1_000_000, 1_000_000)
        .forEach(number -> assertFalse(GIVEN.replaces(number), () -> "" + number));
    assertFalse(GIVEN.replaces(Integer.MAX_VALUE));
  }

  /** Sums, differences, products and parts of sizes are none, whatever javac makes of them. */
  @Test
  void whatIsComputedOtherwiseIsNoSize() {
    for (int one : ALL) {
      assertComputed(one / 2);
      assertComputed(64 * one);
      for (int number = 1; number <= 4096; number++) {
        assertComputed(one + number);
        assertComputed(one - number);
      }
      for (int other : ALL) {
        assertComputed(one * other);
        if (one != other) {
          assertComputed(one + other);
          assertComputed(one - other);
          assertComputed(2 * one + other);
          assertComputed(4 * one - other);
        }
      }
    }
  }

  private static void assertComputed(int number) {
    assertTrue(GIVEN.replaces(number), () -> "" + number);
    assertEquals(1, GIVEN.of(number), "which nobody gives");
  }
}
