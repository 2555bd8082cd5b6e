package io.github.torchscribe.runtime.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Cuts a text into rows of cells, as many as there are, and knows on which line each begins. */
final class CsvRows extends AbstractBaseCsvCallbackHandler<CsvRows.Row> {
  /** A row, and the line of the file on which it begins. */
  record Row(long line, String[] cells) {}

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final List<String> cells = new ArrayList<>();
  private long line;

  private CsvRows() {}

  /** A file's text. */
  static Reader open(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    try {
      // A decoder made so refuses what is no text; a charset's name alone would replace it.
      return new InputStreamReader(bytes, charset(bytes).newDecoder());
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** What the byte order mark says, which UTF-16's and UTF-32's decoders then take away. */
  private static Charset charset(InputStream bytes) throws IOException {
    bytes.mark(4);
    byte[] first = bytes.readNBytes(4);
    bytes.reset();
    int mark = 0;
    for (byte some : first) {
      mark = mark << 8 | some & 0xff;
    }
    if (first.length == 4 && (mark == 0x0000feff || mark == 0xfffe0000)) {
      return Charset.forName("UTF-32");
    }
    int half = first.length < 2 ? 0 : (first[0] & 0xff) << 8 | first[1] & 0xff;
    return half == 0xfeff || half == 0xfffe ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }

  /**
   * Reads all rows.
   *
   * @param name for messages
   * @return a list to be changed
   * @throws UncheckedIOException when it cannot be read or a quote is not closed; says where
   */
  static List<Row> of(String name, Reader text, char separator) {
    List<Row> rows = new ArrayList<>();
    CsvRows handler = new CsvRows();
    try (CsvReader<Row> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .commentStrategy(CommentStrategy.NONE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .trimWhitespacesAroundQuotes(true)
            .build(handler, withoutMark(text))) {
      reader.forEach(rows::add);
    } catch (CsvParseException e) {
      if (e.getCause() instanceof Error error) { // FastCSV wraps also what is no fault of the text
        throw error;
      }
      throw Csv.broken(
          String.format(
              Locale.ROOT,
              "%s, line %d, cell %d: the quote that opens this cell does not end it; close it, and"
                  + " write a quote that belongs to the text twice (%s)",
              name,
              handler.line,
              handler.cells.size() + 1,
              e.getMessage()));
    } catch (UncheckedIOException e) {
      throw failed(name, e.getCause());
    } catch (IOException e) {
      throw failed(name, e);
    }
    if (!rows.isEmpty() && String.join("", rows.get(0).cells).indexOf('\0') >= 0) {
      throw failed(name, new CharacterCodingException()); // UTF-16 without a mark
    }
    return rows;
  }

  /** Where each column is, by its name. */
  static Map<String, Integer> header(String name, Row row) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (String cell : row.cells()) {
      String column = cell.strip();
      if (columns.put(column, columns.size()) != null) {
        throw Csv.broken(name + " has two columns '" + column + "'");
      }
    }
    return columns;
  }

  private static UncheckedIOException failed(String name, IOException cause) {
    return cause instanceof CharacterCodingException
        ? Csv.broken(name + " is not UTF-8; save it as that")
        : new UncheckedIOException("cannot read " + name, cause);
  }

  private static Reader withoutMark(Reader text) throws IOException {
    BufferedReader reader = new BufferedReader(text);
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  @Override
  protected void handleBegin(long startingLine) {
    line = startingLine;
    cells.clear();
  }

  @Override
  protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
    cells.add(new String(buffer, offset, length));
    if (quoted) {
      for (int i = offset; i < offset + length; i++) {
        boolean ofBoth = buffer[i] == '\r' && i + 1 < offset + length && buffer[i + 1] == '\n';
        if (buffer[i] == '\n' || buffer[i] == '\r' && !ofBoth) {
          line++;
        }
      }
    }
  }

  @Override
  protected Row buildRecord() {
    return new Row(getStartingLineNumber(), cells.toArray(String[]::new));
  }
}
