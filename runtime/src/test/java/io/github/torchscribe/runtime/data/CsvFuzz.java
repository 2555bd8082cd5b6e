package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.fuzz.FuzzFile;
import java.io.UncheckedIOException;

/**
 * Whatever is in a CSV file: it is read, or refused with an {@link UncheckedIOException}; what is
 * not in it, with an {@link IllegalArgumentException}.
 */
public final class CsvFuzz {
  private static final FuzzFile FILE = new FuzzFile();

  private CsvFuzz() {}

  /**
   * Reads a table and makes datasets of it.
   *
   * @param bytes its content
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Csv table;
    try {
      table = Csv.read(FILE.with(bytes));
    } catch (UncheckedIOException e) {
      return;
    }
    String last = table.columns().get(table.columns().size() - 1);
    try {
      table.numbers(last).close();
    } catch (UncheckedIOException | IllegalArgumentException e) {
      // as documented
    }
    try {
      table.classes(last).close();
    } catch (UncheckedIOException | IllegalArgumentException e) {
      // as documented
    }
    try {
      Encoder encoder =
          table
              .input("words", Column.category(table.columns().get(0)).missingAs("none"))
              .target("numbers", Column.number(last).missingAsMedian())
              .encoder();
      Encoder.of(encoder.metadata()).dataset(table).close();
    } catch (UncheckedIOException | IllegalArgumentException e) {
      // as documented
    }
  }
}
