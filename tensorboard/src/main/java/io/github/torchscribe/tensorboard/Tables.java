package io.github.torchscribe.tensorboard;

import io.github.torchscribe.runtime.learner.Predictions;
import io.github.torchscribe.runtime.log.TestImages;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/** Tables in Markdown. */
final class Tables {
  private Tables() {}

  /** What images are taken for, in their order; of wrong ones also what they are. */
  static String predictions(Predictions some) {
    int size = some.right().length;
    int columns = Math.min(size, TestImages.PER_ROW);
    StringBuilder text = head(columns, column -> "" + (column + 1));
    for (int from = 0; from < size; from += columns) {
      int first = from;
      row(text, Math.min(columns, size - from), column -> cell(some, first + column));
    }
    return text.toString();
  }

  private static String cell(Predictions some, int i) {
    long predicted = some.predicted()[i];
    return some.isWrong(i) ? "**" + predicted + " ≠ " + some.right()[i] + "**" : "" + predicted;
  }

  /** How often each class was taken for each. */
  static String confusion(Predictions some) {
    long[][] counts = some.confusion();
    StringBuilder text =
        head(counts.length + 1, column -> column == 0 ? "is \\\\ predicted" : "" + (column - 1));
    for (int right = 0; right < counts.length; right++) {
      int is = right;
      row(
          text,
          counts.length + 1,
          column ->
              column == 0 || column == is + 1
                  ? "**" + (column == 0 ? is : counts[is][is]) + "**"
                  : "" + counts[is][column - 1]);
    }
    return text.toString();
  }

  private static StringBuilder head(int columns, IntFunction<String> cell) {
    StringBuilder text = new StringBuilder();
    row(text, columns, cell);
    row(text, columns, column -> "---");
    return text;
  }

  private static void row(StringBuilder text, int columns, IntFunction<String> cell) {
    StringJoiner row = new StringJoiner(" | ", "| ", " |\n");
    for (int column = 0; column < columns; column++) {
      row.add(cell.apply(column));
    }
    text.append(row);
  }
}
