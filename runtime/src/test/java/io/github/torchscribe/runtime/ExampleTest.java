package io.github.torchscribe.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.runtime.data.Column;
import io.github.torchscribe.runtime.data.Csv;
import io.github.torchscribe.runtime.data.Encoder;
import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a network is asked about, of a table's words. */
class ExampleTest {
  private static final String HOUSES = "area,rooms,town,y\n70,3,Basel,1\n50,2,Chur,2\n";

  private final Encoder encoder =
      Csv.read("t.csv", new StringReader(HOUSES), ',')
          .input("sizes", Column.number("area").standardized(), Column.number("rooms"))
          .input("town", Column.category("town").unknownAsZero())
          .target("y", Column.number("y"))
          .encoder();

  private Map<String, Object> parts(String area, String town) {
    return Example.of(encoder, Map.of("area", area, "rooms", "4", "town", town)).parts();
  }

  @Test
  void numbersAndWordsAreInputsOfTheirNames() {
    Map<String, Object> parts = parts("80", "Chur");
    assertEquals(Set.of("sizes", "town"), parts.keySet());
    assertArrayEquals(new float[] {2, 4}, (float[]) parts.get("sizes"));
    assertArrayEquals(new long[] {2}, (long[]) parts.get("town"));
  }

  @Test
  void manyThreadsMayAskOneEncoder() {
    IntStream.range(0, 2000)
        .parallel()
        .forEach(
            i -> {
              Map<String, Object> parts = parts(String.valueOf(60 + 10 * (i % 7)), "Chur");
              assertArrayEquals(new float[] {i % 7, 4}, (float[]) parts.get("sizes"));
            });
  }

  @Test
  void whatIsWrongIsSaidWithItsColumn() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> parts("large", "Chur"));
    assertEquals("column 'area': 'large' is no number", e.getMessage());
  }
}
