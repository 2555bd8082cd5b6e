package io.github.torchscribe.runtime.data;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table that has been read.
 *
 * @param name for messages
 * @param columns where each is, by its name, from left to right
 * @param rows without the header
 * @param missing texts that stand for an empty cell
 */
record CsvTable(
    String name, Map<String, Integer> columns, List<CsvRows.Row> rows, Set<String> missing) {
  /** How many of the columns a message lists. */
  private static final int LISTED = 20;

  CsvTable with(List<CsvRows.Row> others) {
    return new CsvTable(name, columns, others, missing);
  }

  /** The same with more texts that stand for an empty cell. */
  CsvTable missing(Set<String> more) {
    Set<String> all = new HashSet<>(missing);
    all.addAll(more);
    return new CsvTable(name, columns, rows, Set.copyOf(all));
  }

  /** A row, whose cells are asked for by the names of their columns. */
  Cells cells(CsvRows.Row row) {
    return new Cells() {
      @Override
      public String text(String column) {
        return Cells.stripped(row.cells()[index(column)], missing);
      }

      @Override
      public UncheckedIOException wrong(String column, String what) {
        return Csv.broken(name + ", line " + row.line() + ", column '" + column + "': " + what);
      }
    };
  }

  List<Cells> cells() {
    return rows.stream().map(this::cells).toList();
  }

  /** Where a column is. */
  int index(String column) {
    Integer index = columns.get(column);
    if (index == null) {
      String some = columns.keySet().stream().limit(LISTED).collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has no column '%s'; there are %s%s",
              name,
              column,
              some,
              columns.size() > LISTED ? " and " + (columns.size() - LISTED) + " more" : ""));
    }
    return index;
  }
}
