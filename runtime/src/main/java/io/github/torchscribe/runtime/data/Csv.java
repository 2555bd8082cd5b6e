package io.github.torchscribe.runtime.data;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A table of comma-separated values whose first row names the columns (RFC 4180, UTF-8), and the
 * datasets that can be made of it.
 *
 * <pre>{@code
 * Csv table = Csv.read(Path.of("houses.csv"));
 * Dataset houses = table.inputs("rooms", "age").numbers("price");
 * Dataset flowers = Csv.read(Path.of("iris.csv")).classes("species");
 * }</pre>
 */
public final class Csv {
  /** A row, and the line of the file on which it begins. */
  private record Row(long line, String[] cells) {}

  /** Not all that Java takes for a number: 1f and 0x1p3 are hardly meant. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  /** How much of a cell a message repeats. */
  private static final int LONGEST = 40;

  private final String name;
  private final List<String> columns;
  private final List<Row> rows;
  private final List<String> inputs;

  private Csv(String name, List<String> columns, List<Row> rows, List<String> inputs) {
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
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
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
    List<Row> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(separator)
            .commentStrategy(CommentStrategy.NONE)
            .detectBomHeader(false)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(reader)) {
      for (CsvRecord record : records) {
        rows.add(
            new Row(record.getStartingLineNumber(), record.getFields().toArray(String[]::new)));
      }
    } catch (CsvParseException e) {
      throw new UncheckedIOException(new IOException(name + ": " + e.getMessage(), e));
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof CharacterCodingException
          ? broken(name + " is not UTF-8; save it as that")
          : e;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
    if (rows.size() < 2) {
      throw broken(name + " has no row below a header");
    }
    List<String> columns = header(name, rows.remove(0));
    for (Row row : rows) {
      if (row.cells.length != columns.size()) {
        throw broken(
            String.format(
                "%s, line %d has %d cells, but the header has %d; is a cell with a '%c' in it without"
                    + " quotes?",
                name, row.line, row.cells.length, columns.size(), separator));
      }
    }
    return new Csv(name, columns, rows, List.of());
  }

  private static List<String> header(String name, Row row) {
    List<String> columns =
        Arrays.stream(row.cells).map(cell -> cell.replace("\uFEFF", "").strip()).toList();
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        throw broken(name + " has two columns '" + column + "'");
      }
    }
    return columns;
  }

  private static UncheckedIOException broken(String message) {
    return new UncheckedIOException(message, new IOException(message));
  }

  /**
   * The columns' names.
   *
   * @return from left to right
   */
  public List<String> columns() {
    return columns;
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
        rows.stream().mapToLong(row -> names.indexOf(row.cells[column].strip())).toArray();
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
    Function<Row, String> cell = row -> filled(row, at);
    return rows.stream().map(cell).distinct().sorted().toList();
  }

  private TensorDataset dataset(List<String> targets, Supplier<Tensor> targetTensor) {
    targets.forEach(this::index);
    List<String> chosen = new ArrayList<>(inputs.isEmpty() ? columns : inputs);
    chosen.removeAll(targets);
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
    float[] values = new float[Math.multiplyExact(rows.size(), names.size())];
    int next = 0;
    for (Row row : rows) {
      for (String column : names) {
        values[next++] = number(row, index(column));
      }
    }
    return torch.tensor(values).view(rows.size(), names.size());
  }

  private float number(Row row, int column) {
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

  /** A quote that is never closed makes a cell of all that follows. */
  private static String shortened(String cell) {
    String line = cell.replaceAll("\\R", "⏎");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  private String filled(Row row, int column) {
    String cell = row.cells[column].strip();
    if (cell.isEmpty()) {
      throw broken(place(row, column) + "the cell is empty; fill it, or leave row or column out");
    }
    return cell;
  }

  private String place(Row row, int column) {
    return name + ", line " + row.line + ", column '" + columns.get(column) + "': ";
  }

  private int index(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException(
          name + " has no column '" + column + "'; there are " + String.join(", ", columns));
    }
    return index;
  }
}
