package io.github.torchscribe.runtime.data;

import static io.github.torchscribe.runtime.data.Column.category;
import static io.github.torchscribe.runtime.data.Column.number;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tables become, against what pandas and scikit-learn make of the same. */
class EncoderTest {
  private static final String HOUSES =
      """
      rooms,area,town,kind,price
      3,70.5,Basel,flat,900
      5,,Chur,house,1200
      2,49.5,,flat,600
      """;

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  private static Csv table(String text) {
    return Csv.read("t.csv", new StringReader(text), ',');
  }

  private static Columns houses() {
    return table(HOUSES)
        .input("sizes", number("rooms"), number("area").missingAsMean())
        .input("town", category("town").missingAs("none").unknownAsZero())
        .target("price", number("price"))
        .target("kind", category("kind"));
  }

  private static Csv fixture(String name) throws IOException {
    return Csv.read(name, new StringReader(text(name)), ',');
  }

  /** The same with a word in each empty cell. */
  private static Csv fixture(String name, String empty) throws IOException {
    String filled = text(name).strip().replaceAll("(?m)(?<=^|,)(?=,|$)", empty);
    return Csv.read(name, new StringReader(filled), ',');
  }

  private static String text(String name) throws IOException {
    String path = "/parity/tables/" + name + ".csv";
    try (InputStream in = EncoderTest.class.getResourceAsStream(path)) {
      assertNotNull(in, path + " is missing: python parity/tables.py makes it");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Made by parity/tables.py. */
  @Test
  void pandasAndScikitLearnMakeTheSameOfIt() throws IOException {
    assertSameAsScikitLearn(learned(fixture("train")), fixture("test"));
  }

  /** The test's table is read without a word about them: the encoder knows, and its metadata. */
  @Test
  void textsForEmptyCellsAreLearnedToo() throws IOException {
    Encoder encoder = learned(fixture("train", "NA").missing("NA"));
    assertSameAsScikitLearn(encoder, fixture("test", "NA"));
    assertSameAsScikitLearn(Encoder.of(encoder.metadata()), fixture("test", "NA"));
  }

  private static Encoder learned(Csv table) {
    return table
        .input(
            "numbers",
            number("mean").missingAsMean(),
            number("median").missingAsMedian(),
            number("constant").missingAs(-1.5),
            number("scaled").standardized(),
            number("scaled_median").standardized().missingAsMedian())
        .input("town", category("town").unknownAsZero())
        .input("colour", category("colour").missingAs("none"))
        .target("price", number("price"))
        .target("kind", category("kind"))
        .encoder();
  }

  private static void assertSameAsScikitLearn(Encoder encoder, Csv table) throws IOException {
    Csv encoded = fixture("encoded");
    try (Dataset test = encoder.dataset(table);
        Dataset right =
            encoded
                .inputs("mean", "median", "constant", "scaled", "scaled_median")
                .numbers("town", "colour", "price", "kind")) {
      Tensors inputs = test.inputSpecs().empty(test.size());
      Tensors targets = test.targetSpecs().empty(test.size());
      Tensor rightInputs = right.inputs().empty(test.size());
      Tensor rightTargets = right.targets().empty(test.size());
      Tensor all = torch.tensor(LongStream.range(0, test.size()).toArray());
      test.gather(all, inputs, targets);
      right.gather(all, rightInputs, rightTargets);

      Tensor error = inputs.get("numbers").sub(rightInputs).abs().div(rightInputs.abs()).max();
      assertEquals(0, error.item_float(), 2e-7, "a rounding to 32 bits");
      assertArrayEquals(column(rightTargets, 0), Longs.of(inputs.get("town")));
      assertArrayEquals(column(rightTargets, 1), Longs.of(inputs.get("colour")));
      assertEquals(true, targets.get("price").select(1, 0).equal(rightTargets.select(1, 2)));
      assertArrayEquals(column(rightTargets, 3), Longs.of(targets.get("kind")));
    }
    assertEquals(List.of("Ape", "cat", "dog"), encoder.words("kind"));
    assertEquals(
        List.of("", "Basel", "St. Gallen, SG", "Zürich", "the \"Hague\"", "zug", "Örebro"),
        encoder.words("town"));
    assertEquals(List.of("green", "none", "red"), encoder.words("colour"));
  }

  private static long[] column(Tensor of, int index) {
    return Longs.of(of.select(1, index).to(torch.ScalarType.Long));
  }

  @Test
  void numbersAndWordsAreInputsOfTheirOwn() {
    Encoder encoder = houses().encoder();

    assertEquals(
        "sizes: Float (N, 2); town: Long (N), indices from 0 to 3",
        encoder.inputSpecs().toString());
    assertEquals(
        "price: Float (N, 1); kind: Long (N), indices from 0 to 1",
        encoder.targetSpecs().toString());
    try (Dataset data = encoder.dataset(table(HOUSES))) {
      Tensors examples = data.allExamples(1, 2);
      assertEquals(60, examples.get("sizes").get(0).get(1).item_float());
      assertArrayEquals(new long[] {2, 3}, Longs.of(examples.get("town")));
    }
  }

  @Test
  void aPredictionTakesWords() {
    Tensors inputs =
        houses()
            .encoder()
            .encode(
                List.of(
                    Map.of("rooms", " 4 ", "area", "", "town", "Chur", "price", "not looked at"),
                    Map.of("rooms", "1", "area", "20", "town", "Bern")));

    assertEquals("sizes: Float (2, 2) on the CPU; town: Long (2) on the CPU", inputs.toString());
    assertEquals(60, inputs.get("sizes").get(0).get(1).item_float());
    assertArrayEquals(new long[] {2, 0}, Longs.of(inputs.get("town")), "Bern is not known");
  }

  @Test
  void outputsAreBroughtBackToTheTablesNumbers() {
    Encoder encoder =
        table(HOUSES)
            .input("", number("area").missingAsMean())
            .target("both", number("price").standardized(), number("rooms"))
            .encoder();
    try (Dataset data = encoder.dataset(table(HOUSES))) {
      Tensor targets = data.targets().empty(3);
      data.gather(torch.tensor(0L, 1L, 2L), torch.zeros(3, 1), targets);
      Tensor decoded = encoder.decode("both", targets);

      assertEquals(0, targets.select(1, 0).sum().item_float(), 1e-6);
      assertEquals(900, decoded.get(0).get(0).item_float(), 1e-3);
      assertEquals(600, decoded.get(2).get(0).item_float(), 1e-3);
      assertEquals(5, decoded.get(1).get(1).item_float());
      float[] answers = new float[6];
      targets.data_ptr_float().get(answers);
      float[] plain = encoder.decode("both", answers);
      assertEquals(1200, plain[2], 1e-3);
      assertEquals(2, plain[5]);
    }
    assertRefused(
        "'both' has 2 columns, but the output is 3 numbers", () -> encoder.decode("both", 1, 2, 3));
    assertRefused(
        "'both' has 2 columns, but the output is Float (3) on the CPU",
        () -> encoder.decode("both", torch.zeros(3)));
    assertRefused(
        "'price' is no target of numbers; there are one of area; both of price, rooms",
        () -> encoder.decode("price", torch.zeros(3, 1)));
    assertRefused(
        "target 'kind' is of words: its outputs are a number for each, in the order of"
            + " words(\"kind\")",
        () -> houses().encoder().decode("kind", 0.2f, 0.8f));
  }

  /** Columns of one input have one embedding, and so one list of words. */
  @Test
  void severalCategoriesOfAnInputHaveOneList() {
    Encoder encoder =
        table("from,to,y\nBasel,Chur,1\nZug,Basel,2\n")
            .input("ways", category("from"), category("to"))
            .target("", number("y"))
            .encoder();

    assertEquals("ways: Long (N, 2), indices from 0 to 2", encoder.inputSpecs().toString());
    assertEquals(List.of("Basel", "Chur", "Zug"), encoder.words("ways"));
    Tensors way = encoder.encode(Map.of("from", "Chur", "to", "Zug"));
    assertArrayEquals(new long[] {1, 2}, Longs.of(way.only()));
  }

  @Test
  void aFileOfWeightsKeepsIt(@TempDir Path folder) throws IOException {
    Encoder encoder = houses().encoder();
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(file, Map.of("weight", torch.ones(2)), encoder.metadata());
    Encoder again = Encoder.in(file);

    assertEquals(encoder.metadata(), again.metadata());
    assertEquals(encoder.words("town"), again.words("town"));
    Map<String, String> cells = Map.of("rooms", "4", "area", "", "town", "Chur");
    assertEquals(true, again.encode(cells).get("sizes").equal(encoder.encode(cells).get("sizes")));
    Safetensors.write(file, Map.of("weight", torch.ones(2)), Map.of("format", "pt"));
    assertEquals(
        "these metadata say nothing of a table's columns; model.save(file, encoder.metadata())"
            + " writes such",
        assertThrows(IllegalArgumentException.class, () -> Encoder.in(file)).getMessage());
    for (String broken :
        List.of("{", "[]", "{\"inputs\":[]}", "{\"inputs\":[{}],\"targets\":[]}")) {
      assertEquals(
          "what these metadata say of columns is broken",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Encoder.of(Map.of("torchscribe.columns", broken)))
              .getMessage());
    }
  }

  @Test
  void aTableIsDividedAsADatasetIs() {
    List<Csv> parts = table("x,y\n0,0\n1,1\n2,2\n3,3\n4,4\n5,5\n6,6\n7,7\n").split(3, 0.75, 0.25);
    assertEquals(List.of(6L, 2L), parts.stream().map(Csv::size).toList());
    try (Dataset all = table("x,y\n0,0\n1,1\n2,2\n3,3\n4,4\n5,5\n6,6\n7,7\n").numbers("y");
        Dataset rest = parts.get(1).numbers("y")) {
      Subset same = Subset.split(all, 3, 0.75, 0.25).get(1);
      assertEquals(true, same.examples(0, 1).equal(rest.examples(0, 1)));
    }
  }

  /** Whoever opens the file finds the line there, in whichever part it is. */
  @Test
  void aLineThatIsNamedIsTheFilesAlsoInAPart() {
    StringBuilder text = new StringBuilder("x,y\n\"0\",\"a\nb\"\n"); // a cell of two lines
    for (int i = 1; i < 20; i++) {
      text.append(i == 13 ? "?" : i).append(",c\n");
    }
    String complaints = "";
    for (Csv part : table(text.toString()).split(3, 0.5, 0.5)) {
      try {
        part.input("", number("x")).target("", category("y")).encoder();
      } catch (UncheckedIOException e) {
        complaints += e.getMessage();
      }
    }
    assertEquals("t.csv, line 16, column 'x': '?' is no number", complaints);
  }

  @Test
  void whatIsToBeFoundIsNotShown() {
    assertRefused(
        "column 'price' is an input and a target: what is to be found would be shown",
        () ->
            table(HOUSES).input("", number("rooms"), number("price")).target("", number("price")));
  }

  @Test
  void whatIsWrongWithACellIsSaidWithItsPlace() {
    Encoder encoder = houses().encoder();
    assertBroken(
        "t.csv, line 3, column 'area': the cell is empty; fill it, leave row or column out, or let the"
            + " column say missingAsMedian() or missingAs(…)",
        table(HOUSES).input("", number("area")).target("", number("price")));
    assertBroken(
        "t.csv, line 4, column 'town': the cell is empty; fill it, leave row or column out, or let the"
            + " column say missingAs(…)",
        table(HOUSES).input("", category("town")).target("", number("price")));
    assertBroken(
        "t.csv, line 2, column 'town': 'Basel' is no number",
        table(HOUSES).input("", number("town").missingAsMean()).target("", number("price")));
    assertBroken(
        "t.csv, line 3, column 'town': here is the word number 2; a column of so many is likely to"
            + " be of numbers, or to name each row: leave it out, or allow more with atMost(…)",
        table(HOUSES).input("", category("town").atMost(1)).target("", number("price")));
    UncheckedIOException unknown =
        assertThrows(
            UncheckedIOException.class,
            () -> encoder.dataset(table(HOUSES + "1,1,Zug,castle,1\n")).close());
    assertEquals(
        "t.csv, line 5, column 'kind': 'castle' is none of its words, which are flat, house",
        unknown.getMessage());
    assertRefused(
        "column 'rooms': 'many' is no number",
        () -> encoder.encode(Map.of("rooms", "many", "area", "", "town", "")));
    assertRefused(
        "column 'rooms': the cell is empty; fill it, or let the column say missingAsMedian() or"
            + " missingAs(…) before it is learned from the table",
        () -> encoder.encode(Map.of("rooms", "", "area", "", "town", "")));
    assertRefused(
        "column 'rooms': there is no such cell, but town; where it is missing give an empty text",
        () -> encoder.encode(Map.of("town", "Basel")));
  }

  private static void assertBroken(String message, Columns columns) {
    UncheckedIOException e = assertThrows(UncheckedIOException.class, columns::encoder);
    assertEquals(message, e.getMessage());
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    Csv table = table(HOUSES);
    assertRefused(
        "t.csv has no column 'size'; there are rooms, area, town, kind, price",
        () -> table.input("sizes", number("size")));
    assertRefused(
        "input 'sizes' is of numbers or of categories, but not of both: give each a name of its"
            + " own",
        () -> table.input("sizes", number("rooms"), category("town")));
    assertRefused("input 'sizes' needs at least one column", () -> table.input("sizes"));
    assertRefused(
        "there is already the input 'sizes': give each a name of its own",
        () -> table.input("sizes", number("rooms")).input("sizes", number("price")));
    assertRefused(
        "there is already the target 'kind': give each a name of its own",
        () -> houses().target("kind", number("rooms")));
    assertRefused(
        "where there are several inputs, name each", () -> houses().input("", number("rooms")));
    assertRefused(
        "target 'kind' has unknown words as 0, which would be a class of its own",
        () -> houses().target("kind", category("kind").unknownAsZero()));
    assertRefused(
        "all cells of column 'x' are empty: there is nothing to fill them by",
        () ->
            table("x,y\n,1\n,2\n")
                .input("", number("x").missingAsMedian())
                .target("", number("y"))
                .encoder());
    assertRefused(
        "'sizes' is no input or target of words; there are sizes of rooms, area; town of town;"
            + " price of price; kind of kind",
        () -> houses().encoder().words("sizes"));
  }

  private static void assertRefused(String message, Runnable what) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, what::run);
    assertEquals(message, e.getMessage());
  }

  /** Names of rows are found out by the bound, and not by the memory. */
  @Test
  void aColumnWithTooManyWordsIsRefused() {
    StringBuilder text = new StringBuilder("id,y\n");
    for (int i = 0; i < 150_000; i++) {
      text.append('a').append(i).append(",1\n");
    }
    Csv table = table(text.toString());
    UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class,
            () -> table.input("", category("id")).target("", number("y")).encoder());
    assertEquals(
        "t.csv, line 100002, column 'id': here is the word number 100001",
        e.getMessage().substring(0, e.getMessage().indexOf(';')));
  }
}
