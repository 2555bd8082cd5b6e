package io.github.torchscribe.runtime.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read and written is what another reader and writer, Jackson's own, makes of it. */
class JsonTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "-0",
        "12345678901",
        "123456789012345678901234567890",
        "0.1",
        "-1.5e-300",
        "1e400",
        "\"\\u00e9\\ud83d\\ude00\\n\\\"\"",
        " [1, 2.0, true, false, null, [], {}] ",
        "{\"b\": {\"\": [{}]}, \"a\": \"x\"}"
      })
  void readsAndWrites(String text) throws IOException {
    Object value = Json.read(text);
    assertEquals(JACKSON.readValue(text, Object.class), value);
    assertEquals(JACKSON.writeValueAsString(value), Json.text(value));
    assertArrayEquals(JACKSON.writeValueAsBytes(value), Json.bytes(value));
  }

  @Test
  void writesWhatVisdomIsSent() throws IOException {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("x", new double[] {0.1, 1e-7, Double.NaN});
    message.put("z", new int[][] {{1}, {}});
    message.put("y", Arrays.asList(1f, null, 2L, "\u2028</script>"));
    assertEquals(JACKSON.writeValueAsString(message), Json.text(message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "[1", "[1]]", "{\"a\":1,\"a\":2}", "nul", "01", "\"\u0001\"", "NaN"})
  void refusesWhatIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> Json.read(text));
  }

  @Test
  void nothingHasADepthThatNoStackHolds() {
    assertThrows(IllegalArgumentException.class, () -> Json.read("[".repeat(1_000_000)));
  }

  @Test
  void refusesToWriteWhatIsNoValue() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Json.text(List.of(Thread.State.RUNNABLE)));
    assertTrue(e.getMessage().startsWith("of a java.lang.Thread$State there is no JSON"));
  }
}
