package io.github.torchscribe.runtime.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The best trials, as a terminal shows them. */
final class Table {
  private static final int ROWS = 10;
  private static final MathContext DIGITS = new MathContext(4);

  private Table() {}

  static String of(List<TrialOutcome> outcomes, String measure, boolean higherIsBetter) {
    if (outcomes.isEmpty()) {
      return "";
    }
    List<String> head = new ArrayList<>(List.of("trial"));
    head.addAll(outcomes.get(0).settings().keySet());
    head.addAll(List.of("epochs", measure, "time"));
    List<List<String>> rows = new ArrayList<>();
    rows.add(head);
    outcomes.stream()
        .filter(some -> some.value().isPresent())
        .sorted(TrialOutcome.bestFirst(higherIsBetter))
        .limit(ROWS)
        .forEach(some -> rows.add(row(some)));
    int[] widths = new int[head.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        String gap = " ".repeat(widths[i] - cell.codePointCount(0, cell.length()));
        line.append(i == 0 ? "" : "  ").append(gap).append(cell);
      }
      text.append(line).append(System.lineSeparator());
    }
    long failed = outcomes.stream().filter(some -> some.value().isEmpty()).count();
    long shown = rows.size() - 1;
    text.append(outcomes.size()).append(outcomes.size() == 1 ? " trial" : " trials");
    if (shown < outcomes.size() - failed) {
      text.append(", of which these are the best ").append(shown);
    }
    return text.append(failed == 0 ? "" : ", " + failed + " failed")
        .append(System.lineSeparator())
        .toString();
  }

  private static List<String> row(TrialOutcome outcome) {
    List<String> row = new ArrayList<>(List.of("" + outcome.trial()));
    outcome.settings().values().forEach(value -> row.add(text(value)));
    row.add("" + outcome.epochs());
    row.add(text(outcome.value().getAsDouble()));
    row.add(seconds(outcome.seconds()));
    return row;
  }

  /** Of a real number four digits that count, of anything else all. */
  static String text(Object value) {
    if (!(value instanceof Double) && !(value instanceof Float)) {
      return String.valueOf(value);
    }
    double number = ((Number) value).doubleValue();
    double size = Math.abs(number);
    if (number == Math.rint(number) && size < 1e6) {
      return String.valueOf((long) number);
    }
    return size >= 1e-3 && size < 1e6
        ? new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString()
        : String.format(Locale.ROOT, "%.3e", number);
  }

  static String seconds(double seconds) {
    return seconds < 60
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%d min %02d s", (long) seconds / 60, (long) seconds % 60);
  }
}
