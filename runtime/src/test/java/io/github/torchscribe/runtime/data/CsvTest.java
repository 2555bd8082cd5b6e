package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "a,b\\n1,'2\\n3,4\\n    | t.csv, line 2, column 'b': '2⏎3,4' is no number",
      })
  void namesLineAndColumn(String text, String message) {
    String content = text.replace("\\n", "\n").replace('\'', '"').stripTrailing() + "\n";
    UncheckedIOException thrown =
        assertThrows(UncheckedIOException.class, () -> table(content).numbers("b").close());
    assertTrue(thrown.getMessage().startsWith(message), thrown::getMessage);
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
