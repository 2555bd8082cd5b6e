package io.github.torchscribe.runtime.data;

import static io.github.torchscribe.runtime.data.Column.category;
import static io.github.torchscribe.runtime.data.Column.number;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of cells in which nothing stands, and of those in which a text says so. */
class EmptyCellsTest {
  /** Of a table {@code age,town,y}, by an encoder that knew no texts for empty cells. */
  private static final String BEFORE =
      """
      {"inputs":[{"name":"age","numbers":[{"column":"age","missing":5.0,"mean":5.0,"deviation":1.0}]},
      {"name":"town","columns":[{"column":"town","missing":"none"}],"unknownIsZero":false,
      "words":["Basel","Chur"]}],"targets":[{"name":"y","numbers":[{"column":"y","mean":0.0,
      "deviation":1.0}]}]}""";

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  private static Csv table(String text) {
    return Csv.read("t.csv", new StringReader(text), ',');
  }

  /** As R writes tables. */
  @Test
  void textsMayStandForEmptyCells() {
    Csv table = table("age,town,y\nNA,Basel,1\n4,?,2\n6,Chur,NA\n").missing("NA", "?");
    Csv whole = table.withoutEmpty("y");
    assertEquals(2, whole.size());
    Encoder encoder =
        whole
            .input("age", number("age").missingAsMean())
            .input("town", category("town").missingAs("none"))
            .target("y", number("y"))
            .encoder();
    assertEquals(List.of("Basel", "none"), encoder.words("town"));
    try (Dataset data = encoder.dataset(whole)) {
      assertEquals(4, data.allExamples(0).get("age").item_float());
    }
    assertRefused(
        "in each row of t.csv something is missing among age, town, y",
        () -> table.withoutEmpty("age", "town", "y"));
  }

  /**
   * Which words there are is known from the rule, not from whether training happened to need it.
   */
  @Test
  void theWordForAnEmptyCellHasAnIndexEvenWhereNoneWasEmpty() {
    Csv whole = table("from,to,y\nBasel,Zug,1\nZug,Basel,2\n");
    Encoder encoder =
        whole
            .input("from", category("from").missingAs("none").atMost(2))
            .input("to", category("to").missingAs("none").unknownAsZero())
            .target("y", number("y"))
            .encoder();

    assertEquals(List.of("Basel", "Zug", "none"), encoder.words("from"));
    assertEquals(
        "from: Long (N), indices from 0 to 2; to: Long (N), indices from 0 to 3",
        encoder.inputSpecs().toString());
    Tensors inputs = encoder.encode(Map.of("from", "", "to", ""));
    assertArrayEquals(new long[] {2}, Longs.of(inputs.get("from")));
    assertArrayEquals(new long[] {3}, Longs.of(inputs.get("to")), "empty is not unknown");
  }

  @Test
  void aPredictionTakesTheTextsThatTheTableHad() {
    Encoder encoder =
        table("age,town,y\nNA,Basel,1\n4,?,2\n6,Chur,3\n")
            .missing("NA")
            .missing(" ? ")
            .input("age", number("age").missingAsMean())
            .input("town", category("town").missingAs("none").unknownAsZero())
            .target("y", number("y"))
            .encoder();
    for (Encoder some : List.of(encoder, Encoder.of(encoder.metadata()))) {
      Tensors inputs =
          some.encode(
              List.of(Map.of("age", "NA", "town", " NA"), Map.of("age", "?", "town", "Bern")));
      assertArrayEquals(new long[] {3, 0}, Longs.of(inputs.get("town")));
      assertEquals(5, inputs.get("age").get(0).item_float());
      assertEquals(5, inputs.get("age").get(1).item_float());
    }
    assertEquals(
        true,
        encoder.metadata().get("torchscribe.columns").endsWith(",\"emptyTexts\":[\"?\",\"NA\"]}"),
        encoder.metadata()::toString);
    UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class,
            () -> encoder.dataset(table("age,town,y\n1,Chur,NA\n")).close());
    assertEquals(
        "t.csv, line 2, column 'y': the cell is empty; fill it, leave row or column out, or let the"
            + " column say missingAsMedian() or missingAs(…)",
        e.getMessage());
  }

  @Test
  void metadataOfBeforeAreRead() {
    Encoder encoder = Encoder.of(Map.of("torchscribe.columns", BEFORE));
    Tensors inputs = encoder.encode(Map.of("age", "", "town", "Chur"));
    assertEquals(0, inputs.get("age").item_float());
    assertEquals(1, inputs.get("town").item_long());
    assertEquals(
        BEFORE.replace("\n", ""), encoder.metadata().get("torchscribe.columns"), "nothing added");
  }

  /** Each would have become Infinity, NaN or 0 in silence. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "\"deviation\":1.0   | \"deviation\":0    | column 'age' is broken: the deviation is 0.0 but must be above 0",
        "\"deviation\":1.0   | \"deviation\":-2   | column 'age' is broken: the deviation is -2.0 but must be above 0",
        "\"deviation\":1.0   | \"deviation\":\"NaN\" | column 'age' is broken: the deviation is NaN but must be a finite 32-bit number",
        "\"mean\":5.0        | \"mean\":1e999     | column 'age' is broken: the mean is Infinity but must be a finite 32-bit number",
        "\"mean\":5.0        | \"mean\":\"five\"  | column 'age' is broken: the mean is NaN but must be a finite 32-bit number",
        "\"missing\":5.0     | \"missing\":-1e39  | column 'age' is broken: what stands for an empty cell is -1.0E39 but must be a finite 32-bit number",
        "[\"Basel\",\"Chur\"] | [\"Chur\",\"Chur\"] | 'town' is broken: it has a word twice",
      })
  void whatNoTableCanHaveGivenIsRefused(String right, String wrong, String message) {
    String broken = BEFORE.replaceFirst(Pattern.quote(right), wrong);
    assertRefused(
        "what these metadata say of " + message,
        () -> Encoder.of(Map.of("torchscribe.columns", broken)));
  }

  @Test
  void aNumberForEmptyCellsIsOneOf32Bits() {
    assertRefused(
        "what stands for an empty cell must be a finite 32-bit number but is 1.0E39",
        () -> number("x").missingAs(1e39));
  }

  private static void assertRefused(String message, Runnable what) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, what::run);
    assertEquals(message, e.getMessage());
  }
}
