package io.github.torchscribe.spark;

import java.io.Serializable;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the rows that a task is given consist of: the inputs' columns, the targets', and, where
 * there are rows to learn from and others to be evaluated on, one that says which it is.
 *
 * @param inputs of the network, in its order
 * @param targets of the network, in its order; none where rows are predicted
 * @param mark the column that is true for a row that is evaluated on; null where there are none
 */
record RowLayout(List<Part> inputs, List<Part> targets, Cell mark) implements Serializable {
  /** How many numbers of a column a message shows. */
  private static final int SHOWN = 5;

  RowLayout {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
  }

  /**
   * The layout of rows with these parts.
   *
   * @param inputs the columns of each input
   * @param targets the columns of each target
   * @param cell how a column is read; called once for each, in their order
   */
  static RowLayout of(
      Map<String, List<String>> inputs,
      Map<String, List<String>> targets,
      Cell mark,
      Function<String, Cell> cell) {
    return new RowLayout(parts(inputs, cell), parts(targets, cell), mark);
  }

  private static List<Part> parts(Map<String, List<String>> columns, Function<String, Cell> cell) {
    List<Part> parts = new ArrayList<>();
    columns.forEach((name, some) -> parts.add(new Part(name, some.stream().map(cell).toList())));
    return parts;
  }

  /** All columns but the mark, in their order. */
  List<Cell> cells() {
    return Stream.concat(inputs.stream(), targets.stream())
        .flatMap(part -> part.cells().stream())
        .toList();
  }

  /** Whether a row is evaluated on, and not learned from. */
  <R> boolean isTest(Cells<R> cells, R row) {
    return mark != null && cells.whole(row, mark) == 1;
  }

  /** What is wrong with a row, and the row. */
  <R> PartReader.Misfit showing(PartReader.Misfit wrong, Cells<R> cells, R row) {
    return new PartReader.Misfit(wrong.getMessage() + "; the row is " + text(cells, row));
  }

  /** A row's values with their columns' names, for a message. */
  <R> String text(Cells<R> cells, R row) {
    List<String> texts = new ArrayList<>();
    List<Cell> all = cells();
    for (int i = 0; i < all.size(); i++) {
      texts.add(all.get(i).column() + " = " + text(cells, row, all.get(i)));
    }
    return String.join(", ", texts);
  }

  private static <R> String text(Cells<R> cells, R row, Cell cell) {
    if (cells.isNull(row, cell)) {
      return "null";
    }
    if (cell.form() == Cell.Form.NUMBER) {
      return cell.element().isWhole() ? "" + cells.whole(row, cell) : "" + cells.real(row, cell);
    }
    Object all;
    try {
      all = cells.all(row, cell);
    } catch (Cells.NullElement e) {
      return "[… null …]";
    }
    int size = Array.getLength(all);
    List<String> some = new ArrayList<>();
    for (int i = 0; i < Math.min(size, SHOWN); i++) {
      some.add("" + Array.get(all, i));
    }
    return "[" + String.join(", ", some) + (size > SHOWN ? ", … (" + size + " numbers)" : "") + "]";
  }
}
