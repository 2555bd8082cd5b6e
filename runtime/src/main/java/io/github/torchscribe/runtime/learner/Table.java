package io.github.torchscribe.runtime.learner;

import java.util.ArrayList;
import java.util.List;

/** Cells under each other: texts from the left, numbers from the right. */
final class Table {
  private final int texts;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * A table without rows.
   *
   * @param texts how many columns, the first, are texts
   * @param head what is above the columns
   */
  Table(int texts, String... head) {
    this.texts = texts;
    rows.add(head);
  }

  void row(String... cells) {
    rows.add(cells);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String space = " ".repeat(width(i) - row[i].length());
        line.append("  ").append(i < texts ? row[i] + space : space + row[i]);
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  /** How wide a column is. */
  int width(int column) {
    return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
  }
}
