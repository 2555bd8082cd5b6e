package io.github.torchscribe.samples.text;

import java.util.Locale;

/** Characters as indices: the end of a line is 0, then come ASCII's from the space to the tilde. */
final class Characters {
  /** How many there are. */
  static final int COUNT = 96;

  private Characters() {}

  /** The characters of a text; the end of a line in its three ways is one, a tab is a space. */
  static long[] indices(String text) {
    String plain = text.replace("\r\n", "\n").replace('\r', '\n').replace('\t', ' ');
    long[] indices = new long[plain.length()];
    for (int i = 0; i < indices.length; i++) {
      char character = plain.charAt(i);
      if (character != '\n' && (character < ' ' || character > '~')) {
        long line = plain.substring(0, i).chars().filter(c -> c == '\n').count() + 1;
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "line %d of the text has the character '%c' (U+%04X); this sample knows ASCII's"
                    + " only",
                line,
                character,
                (int) character));
      }
      indices[i] = character == '\n' ? 0 : character - ' ' + 1;
    }
    return indices;
  }

  /** The character of an index. */
  static char character(long index) {
    return index == 0 ? '\n' : (char) (index - 1 + ' ');
  }
}
