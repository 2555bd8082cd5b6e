package io.github.torchscribe.spark;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An input or a target of the network, and the columns whose numbers it consists of, one behind the
 * other.
 *
 * @param name as the network calls it; empty where there is a single one
 * @param cells its columns
 */
record Part(String name, List<Cell> cells) implements Serializable {
  Part {
    cells = List.copyOf(cells);
  }

  /** For a message: {@code "features"}, {@code "age", "income"}. */
  String columns() {
    return cells.stream().map(cell -> '"' + cell.column() + '"').collect(Collectors.joining(", "));
  }
}
