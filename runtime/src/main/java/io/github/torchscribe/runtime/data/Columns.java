package io.github.torchscribe.runtime.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns of a table become which inputs and targets. Nothing about it changes; each method
 * gives another.
 *
 * <pre>{@code
 * Csv houses = Csv.read(Path.of("houses.csv"));
 * Encoder encoder =
 *     houses
 *         .input("sizes", number("rooms"), number("area").missingAsMedian())
 *         .input("town", category("town").unknownAsZero())
 *         .target("price", number("price"))
 *         .encoder();
 * Dataset data = encoder.dataset(houses);
 * }</pre>
 */
public final class Columns {
  private final CsvTable table;
  private final List<Plan> inputs;
  private final List<Plan> targets;

  /** A part and its columns, which are of one kind. */
  private record Plan(String name, List<Column> columns) {
    CodedPart learn(List<Cells> rows) {
      return columns.get(0) instanceof NumberColumn
          ? CodedNumbers.learn(name, all(NumberColumn.class), rows)
          : CodedWords.learn(name, all(CategoryColumn.class), rows);
    }

    private <C extends Column> List<C> all(Class<C> kind) {
      return columns.stream().map(kind::cast).toList();
    }
  }

  Columns(CsvTable table) {
    this(table, List.of(), List.of());
  }

  private Columns(CsvTable table, List<Plan> inputs, List<Plan> targets) {
    this.table = table;
    this.inputs = inputs;
    this.targets = targets;
  }

  /**
   * An input.
   *
   * @param name of the network's input; may be empty where there is one alone
   * @param columns all numbers, which become (N, columns), or all categories: one becomes (N),
   *     several become (N, columns) and have one list of words
   * @return the changed copy
   * @throws IllegalArgumentException when there is no such column, they are of both kinds, an input
   *     is called so already, or a column is a target
   */
  public Columns input(String name, Column... columns) {
    return new Columns(table, with(inputs, "input", name, columns), targets).apart();
  }

  /**
   * A target.
   *
   * @param name of the network's value that has a loss; may be empty where there is one alone
   * @param columns all numbers, or all categories, as with {@link #input}; a category's indices are
   *     its classes, and outputs for numbers that are standardized are brought back by {@link
   *     Encoder#decode}
   * @return the changed copy
   * @throws IllegalArgumentException when there is no such column, they are of both kinds, words
   *     that are unknown are to be 0, a target is called so already, or a column is an input
   */
  public Columns target(String name, Column... columns) {
    for (Column column : columns) {
      if (column instanceof CategoryColumn category && category.unknownIsZero()) {
        throw new IllegalArgumentException(
            "target '" + name + "' has unknown words as 0, which would be a class of its own");
      }
    }
    return new Columns(table, inputs, with(targets, "target", name, columns)).apart();
  }

  /** What is to be found is not to be shown. */
  private Columns apart() {
    Set<String> shown = new HashSet<>();
    inputs.forEach(plan -> plan.columns.forEach(column -> shown.add(column.name())));
    for (Plan target : targets) {
      for (Column column : target.columns) {
        if (shown.contains(column.name())) {
          throw new IllegalArgumentException(
              "column '"
                  + column.name()
                  + "' is an input and a target: what is to be found would be shown");
        }
      }
    }
    return this;
  }

  private Plan plan(String kind, String name, Column... columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException(kind + " '" + name + "' needs at least one column");
    }
    for (Column column : columns) {
      table.index(column.name()); // says so where there is none
      if (column.getClass() != columns[0].getClass()) {
        throw new IllegalArgumentException(
            kind
                + " '"
                + name
                + "' is of numbers or of categories, but not of both: give each a name of its own");
      }
    }
    return new Plan(name, List.of(columns));
  }

  private List<Plan> with(List<Plan> some, String kind, String name, Column... columns) {
    for (Plan other : some) {
      if (other.name.equals(name)) {
        throw new IllegalArgumentException(
            "there is already the " + kind + " '" + name + "': give each a name of its own");
      }
      if (other.name.isEmpty() || name.isEmpty()) {
        throw new IllegalArgumentException("where there are several " + kind + "s, name each");
      }
    }
    List<Plan> all = new ArrayList<>(some);
    all.add(plan(kind, name, columns));
    return List.copyOf(all);
  }

  /**
   * Learns from the table which words there are, which texts stand for empty cells, what those get
   * and how numbers are spread. Give it what the network learns from, not what it is tested with.
   *
   * @return makes datasets of this table and of others that have such columns
   * @throws java.io.UncheckedIOException when a cell is empty or no number where it must not be, or
   *     a column has too many words; the message names it
   */
  public Encoder encoder() {
    List<Cells> rows = table.cells();
    return new Encoder(
        inputs.stream().map(plan -> plan.learn(rows)).toList(),
        targets.stream().map(plan -> plan.learn(rows)).toList(),
        table.missing());
  }
}
