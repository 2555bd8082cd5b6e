package io.github.torchscribe.samples.dates;

import java.util.Locale;

/**
 * Characters as indices: 0 is padding, 1 the beginning of what is written, then come ASCII's from
 * the space to the tilde.
 */
final class Letters {
  /** How many indices there are. */
  static final int COUNT = 97;

  /** Stands behind a text that is shorter than its room. */
  static final int PADDING = 0;

  /** Stands before a text of which nothing is written yet. */
  static final int BEGIN = 1;

  private static final int FIRST = 2;

  private Letters() {}

  /**
   * The characters of a text, and padding behind them.
   *
   * @param length the room for it
   * @throws IllegalArgumentException when it is empty, too long or has characters beyond ASCII's
   */
  static long[] indices(String text, int length) {
    if (text.isBlank() || text.length() > length) {
      throw new IllegalArgumentException(
          "'" + text + "' has to have from 1 to " + length + " characters");
    }
    long[] indices = new long[length];
    for (int i = 0; i < text.length(); i++) {
      indices[i] = index(text.charAt(i));
    }
    return indices;
  }

  /** The index of a character. */
  static long index(char character) {
    if (character < ' ' || character > '~') {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "this sample knows ASCII's characters only, not '%c' (U+%04X)",
              character,
              (int) character));
    }
    return character - ' ' + FIRST;
  }

  /** The character of an index; a question mark where that is none. */
  static char character(long index) {
    return index < FIRST ? '?' : (char) (index - FIRST + ' ');
  }
}
