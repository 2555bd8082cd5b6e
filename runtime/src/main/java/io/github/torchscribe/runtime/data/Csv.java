package io.github.torchscribe.runtime.data;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A table of comma-separated values whose first row names the columns (RFC 4180), and the datasets
 * that can be made of it. The text is UTF-8, or what its byte order mark says; lines end with LF,
 * CR or both; blanks around cells and around their quotes do not count, nor do empty lines.
 *
 * <pre>{@code
 * Csv table = Csv.read(Path.of("houses.csv"));
 * Dataset houses = table.inputs("rooms", "age").numbers("price");
 * Dataset flowers = Csv.read(Path.of("iris.csv")).classes("species");
 * }</pre>
 */
public final class Csv {
  /** Not all that Java takes for a number: 1f and 0x1p3 are hardly meant. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  /** How much of a cell a message repeats. */
  private static final int LONGEST = 40;

  /** How many of the columns a message lists. */
  private static final int LISTED = 20;

  private final String name;

  /** Where each column is, by its name, from left to right. */
  private final Map<String, Integer> columns;

  private final List<CsvRows.Row> rows;
  private final List<String> inputs;

  private Csv(
      String name, Map<String, Integer> columns, List<CsvRows.Row> rows, List<String> inputs) {
    this.name = name;
    this.columns = columns;
    this.rows = rows;
    this.inputs = inputs;
  }

  /**
   * Reads a file.
   *
   * @param file with commas between cells
   * @return the table
   * @throws UncheckedIOException when it cannot be read or is no such table; the message says where
   */
  public static Csv read(Path file) {
    return read(file, ',');
  }

  /**
   * Reads a file.
   *
   * @param file with a header
   * @param separator what stands between cells, such as a semicolon or a tab
   * @return the table
   * @throws UncheckedIOException when it cannot be read or is no such table; the message says where
   */
  public static Csv read(Path file, char separator) {
    try (Reader reader = CsvRows.open(file)) {
      return read(file.toString(), reader, separator);
    } catch (IOException e) {
      throw new UncheckedIOException(
          Files.exists(file) ? "cannot read " + file : "there is no file " + file, e);
    }
  }

  /**
   * Reads a table from somewhere else.
   *
   * @param name for messages
   * @param reader its text
   * @param separator what stands between cells
   * @return the table
   * @throws UncheckedIOException when it cannot be read or is no such table; the message says where
   */
  public static Csv read(String name, Reader reader, char separator) {
    List<CsvRows.Row> rows = CsvRows.of(name, reader, separator);
    if (rows.size() < 2) {
      throw broken(name + " has no row below a header");
    }
    Map<String, Integer> columns = header(name, rows.remove(0));
    for (CsvRows.Row row : rows) {
      if (row.cells().length != columns.size()) {
        throw broken(
            String.format(
                Locale.ROOT,
                "%s, line %d has %d cells, but the header has %d; is a cell with a '%c' in it without"
                    + " quotes?",
                name,
                row.line(),
                row.cells().length,
                columns.size(),
                separator));
      }
    }
    return new Csv(name, columns, rows, List.of());
  }

  private static Map<String, Integer> header(String name, CsvRows.Row row) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (String cell : row.cells()) {
      String column = cell.strip();
      if (columns.put(column, columns.size()) != null) {
        throw broken(name + " has two columns '" + column + "'");
      }
    }
    return columns;
  }

  static UncheckedIOException broken(String message) {
    return new UncheckedIOException(message, new IOException(message));
  }

  /**
   * The columns' names.
   *
   * @return from left to right
   */
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /**
   * How many rows there are.
   *
   * @return without the header
   */
  public long size() {
    return rows.size();
  }

  /**
   * Chooses what examples consist of; without this it is all columns but the targets.
   *
   * @param names of columns
   * @return the same table with another choice
   * @throws IllegalArgumentException when there is no such column
   */
  public Csv inputs(String... names) {
    for (String column : names) {
      index(column);
    }
    return new Csv(name, columns, rows, List.of(names));
  }

  /**
   * Examples with numbers as targets.
   *
   * @param targets columns
   * @return (size, inputs) and (size, targets), 32-bit floats
   * @throws UncheckedIOException when a cell is empty or no finite number; the message names it
   * @throws IllegalArgumentException when there is no such column
   */
  public TensorDataset numbers(String... targets) {
    List<String> wanted = List.of(targets);
    return dataset(wanted, () -> matrix(wanted));
  }

  /**
   * Examples with classes as targets.
   *
   * @param target the column of classes: any texts, counted in their alphabetical order
   * @return (size, inputs), 32-bit floats, and (size), indices into {@link #names(String)}
   * @throws UncheckedIOException when a cell is empty or no finite number; the message names it
   * @throws IllegalArgumentException when there is no such column
   */
  public TensorDataset classes(String target) {
    List<String> names = names(target);
    int column = index(target);
    long[] indices =
        rows.stream()
            .mapToLong(row -> Collections.binarySearch(names, row.cells()[column].strip()))
            .toArray();
    return dataset(List.of(target), () -> torch.tensor(indices));
  }

  /**
   * What stands in a column.
   *
   * @param column its name
   * @return each text once, in alphabetical order
   * @throws UncheckedIOException when a cell is empty; the message names it
   * @throws IllegalArgumentException when there is no such column
   */
  public List<String> names(String column) {
    int at = index(column);
    Function<CsvRows.Row, String> cell = row -> filled(row, at);
    return rows.stream().map(cell).distinct().sorted().toList();
  }

  private TensorDataset dataset(List<String> targets, Supplier<Tensor> targetTensor) {
    targets.forEach(this::index);
    List<String> chosen = new ArrayList<>(inputs.isEmpty() ? columns.keySet() : inputs);
    chosen.removeAll(Set.copyOf(targets));
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(name + " has no column left for the inputs");
    }
    PointerScope scope = new PointerScope();
    try {
      return new TensorDataset(matrix(chosen), targetTensor.get());
    } finally {
      scope.close();
    }
  }

  private Tensor matrix(List<String> names) {
    int[] indices = names.stream().mapToInt(this::index).toArray();
    float[] values = new float[Math.multiplyExact(rows.size(), indices.length)];
    int next = 0;
    for (CsvRows.Row row : rows) {
      for (int column : indices) {
        values[next++] = number(row, column);
      }
    }
    return torch.tensor(values).view(rows.size(), names.size());
  }

  private float number(CsvRows.Row row, int column) {
    String cell = filled(row, column);
    if (!NUMBER.matcher(cell).matches()) {
      throw broken(place(row, column) + "'" + shortened(cell) + "' is no number");
    }
    float value = Float.parseFloat(cell);
    if (!Float.isFinite(value)) {
      throw broken(place(row, column) + "'" + cell + "' is no finite 32-bit number");
    }
    return value;
  }

  private static String shortened(String cell) {
    String line = cell.replaceAll("\\R", "⏎");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  private String filled(CsvRows.Row row, int column) {
    String cell = row.cells()[column].strip();
    if (cell.isEmpty()) {
      throw broken(place(row, column) + "the cell is empty; fill it, or leave row or column out");
    }
    return cell;
  }

  private String place(CsvRows.Row row, int column) {
    return name + ", line " + row.line() + ", column '" + columns().get(column) + "': ";
  }

  private int index(String column) {
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
