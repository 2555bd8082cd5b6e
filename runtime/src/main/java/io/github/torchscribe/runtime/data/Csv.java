package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.library.Library;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 *
 * <p>Where a network has several inputs, where columns are of words, or cells are empty, {@link
 * #input} says what becomes of which column.
 */
public final class Csv {
  private final CsvTable table;
  private final List<String> inputs;

  private Csv(CsvTable table, List<String> inputs) {
    this.table = table;
    this.inputs = inputs;
  }

  /**
   * Reads a file.
   *
   * @param file with commas between cells
   * @return the table
   * @throws UncheckedIOException when it cannot be read or is no such table; the message says where
   * @throws IllegalStateException when FastCSV is not there; the message says what to add
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
   * @throws IllegalStateException when FastCSV is not there; the message says what to add
   */
  public static Csv read(Path file, char separator) {
    Library.FASTCSV.require("reading CSV files");
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
   * @throws IllegalStateException when FastCSV is not there; the message says what to add
   */
  public static Csv read(String name, Reader reader, char separator) {
    Library.FASTCSV.require("reading CSV files");
    List<CsvRows.Row> rows = CsvRows.of(name, reader, separator);
    if (rows.size() < 2) {
      throw broken(name + " has no row below a header");
    }
    Map<String, Integer> columns = CsvRows.header(name, rows.remove(0));
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
    return new Csv(new CsvTable(name, columns, rows, Set.of()), List.of());
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
    return List.copyOf(table.columns().keySet());
  }

  /**
   * How many rows there are.
   *
   * @return without the header
   */
  public long size() {
    return table.rows().size();
  }

  /**
   * Takes texts for empty cells. An {@link Encoder} that learns from the table keeps them: they are
   * empty in what it encodes, too.
   *
   * @param texts such as {@code NA} or {@code ?}
   * @return the same table, in which cells that have one of these are empty, as well as those that
   *     were
   */
  public Csv missing(String... texts) {
    Set<String> plain = Stream.of(texts).map(String::strip).collect(Collectors.toSet());
    return new Csv(table.missing(plain), inputs);
  }

  /**
   * Leaves out rows in which something is missing.
   *
   * @param names of columns, in which no cell may be empty
   * @return the table without those rows
   * @throws IllegalArgumentException when there is no such column, or no row is left
   */
  public Csv withoutEmpty(String... names) {
    List<CsvRows.Row> left =
        table.rows().stream()
            .filter(row -> Stream.of(names).noneMatch(n -> table.cells(row).text(n).isEmpty()))
            .toList();
    if (left.isEmpty()) {
      throw new IllegalArgumentException(
          "in each row of "
              + table.name()
              + " something is missing among "
              + String.join(", ", names));
    }
    return with(left);
  }

  private Csv with(List<CsvRows.Row> some) {
    return new Csv(table.with(some), inputs);
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
      table.index(column); // says so where there is none
    }
    return new Csv(table, List.of(names));
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
    long[] indices =
        table.cells().stream()
            .mapToLong(row -> Collections.binarySearch(names, row.text(target)))
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
    table.index(column);
    return table.cells().stream().map(row -> row.filled(column)).distinct().sorted().toList();
  }

  /**
   * An input of several, or of another kind than numbers, and the columns that it consists of.
   *
   * @param part its name
   * @param of its columns, such as {@code number("age")} or {@code category("town")}
   * @return what this table's columns become, to which more inputs and targets are added
   * @throws IllegalArgumentException when there is no such column, or they are of both kinds
   */
  public Columns input(String part, Column... of) {
    return new Columns(table).input(part, of);
  }

  /**
   * Divides the rows at random, as {@link Subset#split} divides a dataset.
   *
   * @param seed what the order is drawn from
   * @param shares of the parts, each above 0, together 1
   * @return as many tables
   * @throws IllegalArgumentException when the shares are others, or a part would be empty
   */
  public List<Csv> split(long seed, double... shares) {
    return Subset.divided(size(), seed, shares).stream()
        .map(some -> Arrays.stream(some).mapToObj(i -> table.rows().get((int) i)).toList())
        .map(this::with)
        .toList();
  }

  /** All rows, in which these texts are empty cells, besides those that are for this table. */
  List<Cells> cells(Set<String> missing) {
    return table.missing(missing).cells();
  }

  private TensorDataset dataset(List<String> targets, Supplier<Tensor> targetTensor) {
    targets.forEach(table::index);
    List<String> chosen = new ArrayList<>(inputs.isEmpty() ? columns() : inputs);
    chosen.removeAll(Set.copyOf(targets));
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(table.name() + " has no column left for the inputs");
    }
    PointerScope scope = new PointerScope();
    try {
      return new TensorDataset(matrix(chosen), targetTensor.get());
    } finally {
      scope.close();
    }
  }

  private Tensor matrix(List<String> names) {
    float[] values = new float[Math.multiplyExact(table.rows().size(), names.size())];
    int next = 0;
    for (Cells row : table.cells()) {
      for (String column : names) {
        values[next++] = Float.parseFloat(row.digits(column));
      }
    }
    return torch.tensor(values).view(table.rows().size(), names.size());
  }
}
