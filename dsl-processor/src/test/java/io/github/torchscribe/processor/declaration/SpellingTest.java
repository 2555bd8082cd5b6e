package io.github.torchscribe.processor.declaration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was meant by a name that is none. */
class SpellingTest {
  private static final List<String> NAMES = List.of("fine", "coarse", "up", "image");

  private static Optional<String> closest(String written) {
    return Spelling.closest(written, NAMES);
  }

  @Test
  void aLetterMayBeWrongMissingOrTooMuch() {
    assertEquals(Optional.of("fine"), closest("fina"));
    assertEquals(Optional.of("fine"), closest("fie"));
    assertEquals(Optional.of("fine"), closest("finer"));
    assertEquals(Optional.of("coarse"), closest("corse"));
  }

  @Test
  void twoLettersMayBeSwapped() {
    assertEquals(Optional.of("fine"), closest("fnie"));
    assertEquals(Optional.of("code"), Spelling.closest("coed", List.of("code", "head")));
    assertEquals(Optional.of("up"), closest("pu"));
    assertEquals(Optional.empty(), closest("nife"));
  }

  @Test
  void capitalsDoNotCount() {
    assertEquals(Optional.of("image"), closest("IMAGE"));
  }

  @Test
  void whatIsCloseToNoneIsOther() {
    assertEquals(Optional.empty(), closest("features"));
    assertEquals(Optional.empty(), closest("x"));
    assertEquals(Optional.empty(), closest(""));
  }

  @Test
  void theClosestOfSeveralCounts() {
    assertEquals(Optional.of("left2"), Spelling.closest("left22", List.of("left", "left2")));
  }
}
