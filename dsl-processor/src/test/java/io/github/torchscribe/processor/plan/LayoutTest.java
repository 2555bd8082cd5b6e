package io.github.torchscribe.processor.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.processor.CompilesOnly;
import io.github.torchscribe.processor.tensor.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where spans lie: {@code take(8, 0, 3)} is one of 8 floats, needed from moment 0 to moment 3. */
@CompilesOnly
class LayoutTest {
  private static Span take(long size, int first, int last) {
    return take(size, Precision.FULL, first, last);
  }

  private static Span take(long size, Precision precision, int first, int last) {
    Span span = Span.ofForward(size, precision, first);
    span.readForward(last);
    return span;
  }

  private static List<Long> places(boolean divided, Span... spans) {
    Layout layout = new Layout(divided);
    for (Span span : spans) {
      layout.place(span, span.training());
    }
    return List.of(spans).stream().map(span -> span.training().offset()).toList();
  }

  @Test
  void whatIsNeededAtTheSameTimeLiesOneAfterTheOtherEachAligned() {
    Span[] spans = {take(3, 0, 9), take(20, 0, 9), take(16, 0, 9)};
    assertEquals(List.of(0L, 16L, 48L), places(true, spans));
    assertEquals(List.of(0L, 16L, 48L), places(false, spans));
  }

  @Test
  void thePlaceOfWhatNobodyNeedsAnyMoreIsUsedAgain() {
    Span[] spans = {take(8, 0, 1), take(8, 1, 3), take(8, 2, 2), take(8, 4, 4)};
    List<Long> places = List.of(0L, 16L, 0L, 16L); // the last one, which was left last
    assertEquals(places, places(true, spans));
    assertEquals(places, places(false, spans));
  }

  /** A worker that is ahead must not write where another one's rows still lie. */
  @Test
  void whereABatchIsDividedSizeAndPrecisionStay() {
    Span[] spans = {take(8, 0, 0), take(7, 1, 1), take(8, Precision.LOWERED, 2, 2), take(8, 3, 3)};
    assertEquals(List.of(0L, 16L, 32L, 0L), places(true, spans));
    assertEquals(List.of(0L, 0L, 0L, 0L), places(false, spans));
  }

  @Test
  void theLowestGapThatIsWideEnoughIsTaken() {
    Span[] spans = {
      take(16, 0, 9),
      take(16, 0, 1),
      take(16, 0, 9),
      take(40, 0, 1),
      take(16, 0, 9),
      take(32, 2, 3),
      take(16, 2, 3),
      take(16, 2, 3)
    };
    assertEquals(List.of(0L, 16L, 32L, 48L, 96L, 48L, 16L, 80L), places(false, spans));
  }

  @Test
  void theWholeIsAsLargeAsWhatLiesHighest() {
    Layout layout = new Layout(false);
    assertEquals(0, layout.size());
    Span span = take(20, 0, 0);
    layout.place(span, span.training());
    assertEquals(32, layout.size());
  }
}
