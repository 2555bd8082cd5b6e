package io.github.torchscribe.processor.declaration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which of some names was meant by one that is none of them. */
final class Spelling {
  private Spelling() {}

  /** The closest of some; empty where none is close: a third of the letters may be wrong. */
  static Optional<String> closest(String written, Collection<String> names) {
    return names.stream()
        .filter(name -> isClose(distance(written, name), written.length()))
        .min(Comparator.comparingInt(name -> distance(written, name)));
  }

  private static boolean isClose(int distance, int length) {
    return distance <= Math.max(1, length / 3) && distance < length;
  }

  /** How many letters have to be put in, taken out, changed or swapped; of capitals none. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] next = new int[b.length() + 1];
      next[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        next[j] = Math.min(change, 1 + Math.min(last[j], next[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          next[j] = Math.min(next[j], 1 + beforeLast[j - 2]);
        }
      }
      beforeLast = last;
      last = next;
    }
    return last[b.length()];
  }
}
