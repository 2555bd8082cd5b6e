package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files, good and bad: an error names the line and the column. */
class CsvTest {
  private static final String HOUSES =
      """
      rooms,"age, in years",kind,price
      3, 12.5 ,flat,1e2
      "4",7,"house
      of wood",-.5
      5,+8.,flat,0
      """;

  @Test
  void numbersAreTargets() {
    try (TensorDataset data = table(HOUSES).inputs("age, in years", "rooms").numbers("price")) {
      assertEquals(3, data.size());
      assertEquals("Float (N, 2)", data.inputs().toString());
      assertArrayEquals(new float[] {12.5f, 3, 7, 4, 8, 5}, floats(data.examples(0, 1, 2)));
      assertArrayEquals(new float[] {100, -0.5f, 0}, targets(data));
    }
  }

  @Test
  void classesAreCountedInAlphabeticalOrder() {
    Csv table = table(HOUSES);
    assertEquals(List.of("flat", "house\nof wood"), table.names("kind"));
    try (TensorDataset data = table.inputs("rooms").classes("kind")) {
      assertEquals("Long (N), indices from 0 to 1", data.targets().toString());
    }
  }

  @Test
  void allOtherColumnsAreInputs() {
    try (TensorDataset data = table("a,b,c\n1,2,3\n4,5,6\n").numbers("b", "c")) {
      assertArrayEquals(new float[] {1, 4}, floats(data.examples(0, 1)));
      assertArrayEquals(new float[] {2, 3, 5, 6}, targets(data));
    }
  }

  @Test
  void otherSeparatorsByteOrderMarksAndWindowsLinesAreRead(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, "\uFEFFa;b\r\n1;2\r\n\r\n3;4\r\n");
    Csv table = Csv.read(file, ';');
    assertEquals(List.of("a", "b"), table.columns());
    assertEquals(2, table.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b\\n1,2\\n3,\\n     | t.csv, line 3, column 'b': the cell is empty",
        "a,b\\n1,2\\n3,x\\n    | t.csv, line 3, column 'b': 'x' is no number",
        "a,b\\n'1\\n',2\\n3,1,5\\n | t.csv, line 4 has 3 cells, but the header has 2",
        "a,b\\n1,2\\n3\\n      | t.csv, line 3 has 1 cells, but the header has 2",
        "a,b\\n1,NaN\\n        | t.csv, line 2, column 'b': 'NaN' is no number",
        "a,b\\n1,1e99\\n       | t.csv, line 2, column 'b': '1e99' is no finite 32-bit number",
        "a,b\\n1,0x1p3\\n      | t.csv, line 2, column 'b': '0x1p3' is no number",
        "a,a\\n1,2\\n          | t.csv has two columns 'a'",
        "a,b\\n                | t.csv has no row below a header",
        "a,b\\n1,'2\\n3'\\n     | t.csv, line 2, column 'b': '2⏎3' is no number",
        "a,b\\n1,2\\n3,4'\\n    | t.csv, line 3, column 'b': '4\"' is no number",
        "a,b\\n1,'2\\n3,4\\n    | t.csv, line 2, cell 2: the quote that opens this cell does not",
        "a,b\\n'1\\n1','2\\n3\\n | t.csv, line 3, cell 2: the quote that opens this cell does not",
        "a,b\\n'1\\r1','2\\r3\\r | t.csv, line 3, cell 2: the quote that opens this cell does not",
        "a,b\\n1,'2\\n3,'4\\n   | t.csv, line 2, cell 2: the quote that opens this cell does not",
        "a,b\\n1,2\\n'         | t.csv, line 3, cell 1: the quote that opens this cell does not",
        "a,'b\\n1,2\\n         | t.csv, line 1, cell 2: the quote that opens this cell does not",
      })
  void namesLineAndColumn(String text, String message) {
    String content =
        text.replace("\\n", "\n").replace("\\r", "\r").replace('\'', '"').stripTrailing() + "\n";
    UncheckedIOException thrown =
        assertThrows(UncheckedIOException.class, () -> table(content).numbers("b").close());
    assertTrue(thrown.getMessage().startsWith(message), thrown::getMessage);
  }

  @Test
  void aQuoteThatIsNotClosedIsAnErrorHoweverMuchFollows() {
    String rows = "1,1\n".repeat(5_000_000); // more than FastCSV takes for a cell
    UncheckedIOException thrown =
        assertThrows(UncheckedIOException.class, () -> table("a,b\n3,\"4\n" + rows));
    assertTrue(
        thrown.getMessage().startsWith("t.csv, line 2, cell 2: the quote that opens this cell"),
        thrown::getMessage);
  }

  @Test
  void blanksAroundQuotesAreNoneOfTheCells() {
    Csv table = table("kind , y\nflat,1\n \"flat\",2\n\"flat\" ,3\n \"a, b\" ,4\n6\" pipe,5\n");
    assertEquals(List.of("6\" pipe", "a, b", "flat"), table.names("kind"));
    Csv tabs = Csv.read("t.tsv", new StringReader("a\tb\tc\n1\t \"x\" \t2\n"), '\t');
    assertEquals(List.of("x"), tabs.names("b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesEndAsTheyLike(String end) {
    Csv table = table(String.join(end, "a,y", "\"1\",2", "", "3,4", "5,x", ""));
    assertEquals(3, table.size());
    UncheckedIOException thrown =
        assertThrows(UncheckedIOException.class, () -> table.numbers("y").close());
    assertEquals("t.csv, line 5, column 'y': 'x' is no number", thrown.getMessage());
  }

  /** As Excel, Notepad and pandas write them. */
  @ParameterizedTest
  @CsvSource({
    "UTF-8,true",
    "UTF-16LE,true",
    "UTF-16BE,true",
    "UTF-32LE,true",
    "UTF-32BE,true",
    "UTF-8,false"
  })
  void aByteOrderMarkSaysWhatTheTextIs(String charset, boolean mark, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("a.csv");
    String text = "\"größe\",\"b, c\",\"y\"\n1,2,3\n";
    Files.write(file, ((mark ? "\uFEFF" : "") + text).getBytes(Charset.forName(charset)));
    assertEquals(List.of("größe", "b, c", "y"), Csv.read(file).columns());
  }

  @Test
  void textWithoutAByteOrderMarkMustBeUtf8(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.csv");
    Files.write(file, "a,y\n1,2\n".getBytes(StandardCharsets.UTF_16LE));
    UncheckedIOException thrown = assertThrows(UncheckedIOException.class, () -> Csv.read(file));
    assertEquals(file + " is not UTF-8; save it as that", thrown.getMessage());
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 'a'}); // half a character
    thrown = assertThrows(UncheckedIOException.class, () -> Csv.read(file));
    assertEquals(file + " is not UTF-8; save it as that", thrown.getMessage());
  }

  @Test
  void aReadersByteOrderMarkIsNoPartOfTheFirstName() {
    assertEquals(List.of("a", "y"), table("\uFEFF\"a\",y\n1,2\n").columns());
  }

  /** As many cells in ten rows as in a thousand take about as long, and no number is too large. */
  @Test
  void wideTablesTakeNoLongerThanLongOnes() {
    wide(200, 1000);
    long first = wide(200, 1000);
    long second = wide(20_000, 10);
    assertTrue(
        second < 20 * first, () -> second + " ns for a wide table, " + first + " for a long");
  }

  private static long wide(int columns, int rows) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row <= rows; row++) {
      for (int column = 0; column < columns; column++) {
        text.append(column == 0 ? "" : ",").append(row == 0 ? "c" + column : "1");
      }
      text.append('\n');
    }
    long start = System.nanoTime();
    table(text.toString()).numbers("c7").close();
    return System.nanoTime() - start;
  }

  /** Looking each class up among all others would make this quadratic. */
  @Test
  void manyClassesTakeNoLongerThanFew() {
    classes(30_000, 100);
    long few = classes(30_000, 100);
    long many = classes(30_000, 30_000);
    assertTrue(many < 10 * few, () -> many + " ns for 30,000 classes, " + few + " for 100");
  }

  private static long classes(int rows, int classes) {
    StringBuilder text = new StringBuilder("x,kind\n");
    for (int row = 0; row < rows; row++) {
      text.append("1,k").append(row % classes).append('\n');
    }
    Csv table = table(text.toString());
    long start = System.nanoTime();
    try (TensorDataset data = table.classes("kind")) {
      assertEquals(classes, data.targets().count());
    }
    return System.nanoTime() - start;
  }

  @Test
  void namesSomeOfManyColumns() {
    String header = IntStream.range(0, 30).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    String row = IntStream.range(0, 30).mapToObj(i -> "1").collect(Collectors.joining(","));
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> table(header + "\n" + row + "\n").inputs("d"));
    assertTrue(thrown.getMessage().endsWith("c18, c19 and 10 more"), thrown::getMessage);
  }

  @Test
  void namesTheColumnsWhenAskedForAnother() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> table(HOUSES).numbers("prize"));
    assertEquals(
        "t.csv has no column 'prize'; there are rooms, age, in years, kind, price",
        thrown.getMessage());
  }

  @Test
  void saysThatAFileIsNotThereOrNotText(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.csv");
    UncheckedIOException missing = assertThrows(UncheckedIOException.class, () -> Csv.read(file));
    assertEquals("there is no file " + file, missing.getMessage());
    Files.write(file, "a\n\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    UncheckedIOException latin = assertThrows(UncheckedIOException.class, () -> Csv.read(file));
    assertTrue(latin.getMessage().endsWith("is not UTF-8; save it as that"), latin::getMessage);
  }

  private static Csv table(String text) {
    return Csv.read("t.csv", new StringReader(text), ',');
  }

  private static float[] targets(TensorDataset data) {
    try (PointerScope scope = new PointerScope()) {
      Tensor inputs = data.inputs().empty(data.size());
      Tensor targets = data.targets().empty(data.size());
      scope.attach(inputs);
      data.gather(torch.arange(new org.bytedeco.pytorch.Scalar(data.size())), inputs, targets);
      return floats(targets);
    }
  }

  private static float[] floats(Tensor tensor) {
    float[] result = new float[(int) tensor.numel()];
    tensor.contiguous().data_ptr_float().get(result);
    return result;
  }
}
