package io.github.torchscribe.runtime.torch;

import java.util.Arrays;
import java.util.Optional;

/**
 * Where a text is to be found: each of its letters has a place of a sequence, in order, and between
 * two that are the same there is another.
 *
 * @param places how many there are
 * @param blank what is no letter, and fills up the room behind the text
 */
record Alignment(long places, long blank) {
  /** The same where so many of the places are padding. */
  Alignment without(long padding) {
    return new Alignment(places - padding, blank);
  }

  /** Says what is wrong with a text; empty where it has room. */
  Optional<String> misfit(long... text) {
    int letters = text.length;
    while (letters > 0 && text[letters - 1] == blank) {
      letters--;
    }
    if (Arrays.stream(text, 0, letters).anyMatch(letter -> letter == blank)) {
      return Optional.of("has the blank, " + blank + ", before its end");
    }
    long pairs = 0;
    for (int i = 1; i < letters; i++) {
      pairs += text[i] == text[i - 1] ? 1 : 0;
    }
    if (letters + pairs <= places) {
      return Optional.empty();
    }
    String more =
        pairs == 0
            ? "which need as many places"
            : "of which "
                + pairs
                + (pairs == 1 ? " follows" : " follow")
                + " the same, which need "
                + (letters + pairs)
                + " places";
    return Optional.of("has " + letters + " letters, " + more + ", but there are " + places);
  }
}
