package io.github.torchscribe.runtime.data;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The cells of a row, of a table or as somebody gives them. */
interface Cells {
  /** Not all that Java takes for a number: 1f and 0x1p3 are hardly meant. */
  Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  /** How much of a cell a message repeats. */
  int LONGEST = 40;

  /** The text of a cell, without blanks around it. */
  String text(String column);

  /** What is thrown where something is wrong with a cell. */
  RuntimeException wrong(String column, String what);

  /**
   * What may help where a cell is empty that must not be.
   *
   * @param rule what a column may say of its empty cells
   */
  default String remedy(String rule) {
    return "fill it, leave row or column out, or let the column say " + rule;
  }

  /** A word, which must not be empty. */
  default String filled(String column) {
    return filled(column, "missingAs(…)");
  }

  private String filled(String column, String rule) {
    String text = text(column);
    if (text.isEmpty()) {
      throw wrong(column, "the cell is empty; " + remedy(rule));
    }
    return text;
  }

  /** The text of a cell as a number. */
  default String digits(String column) {
    String text = filled(column, "missingAsMedian() or missingAs(…)");
    if (!NUMBER.matcher(text).matches()) {
      throw wrong(column, "'" + shortened(text) + "' is no number");
    }
    if (!Float.isFinite(Float.parseFloat(text))) {
      throw wrong(column, "'" + text + "' is no finite 32-bit number");
    }
    return text;
  }

  /** What a message repeats of a text. */
  static String shortened(String text) {
    String line = text.replaceAll("\\R", "⏎");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  /** A text without blanks around it; empty where it is one that stands for an empty cell. */
  static String stripped(String text, Set<String> missing) {
    String plain = text.strip();
    return missing.contains(plain) ? "" : plain;
  }

  /**
   * Cells by the names of their columns; some may be empty, but all must be there.
   *
   * @param missing texts that stand for an empty cell
   */
  static Cells of(Map<String, String> texts, Set<String> missing) {
    return new Cells() {
      @Override
      public String text(String column) {
        String text = texts.get(column);
        if (text == null) {
          throw wrong(
              column,
              "there is no such cell, but "
                  + String.join(", ", List.copyOf(texts.keySet()))
                  + "; where it is missing give an empty text");
        }
        return stripped(text, missing);
      }

      @Override
      public String remedy(String rule) {
        return "fill it, or let the column say " + rule + " before it is learned from the table";
      }

      @Override
      public RuntimeException wrong(String column, String what) {
        return new IllegalArgumentException("column '" + column + "': " + what);
      }
    };
  }
}
