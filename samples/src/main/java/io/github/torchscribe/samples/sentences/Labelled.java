package io.github.torchscribe.samples.sentences;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A text, and what it is about.
 *
 * @param label one word, the same for all that are about the same; none where that is not known
 */
record Labelled(String label, String text) {
  /** Those of a bundled file: a label, a colon and a text in each line. */
  static List<Labelled> bundled(String name) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Labelled.class.getResourceAsStream("/text/" + name + ".txt"),
                StandardCharsets.UTF_8))) {
      return lines.lines().map(Labelled::of).toList();
    }
  }

  /** Those of others, of which nothing is known: all lines that are not blank. */
  static List<Labelled> unknown(List<String> lines) {
    return lines.stream().filter(line -> !line.isBlank()).map(l -> new Labelled("", l)).toList();
  }

  private static Labelled of(String line) {
    String[] parts = line.split(": ", 2);
    return new Labelled(parts[0], parts[1]);
  }
}
