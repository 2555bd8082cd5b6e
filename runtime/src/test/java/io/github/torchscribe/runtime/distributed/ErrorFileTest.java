package io.github.torchscribe.runtime.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What torchrun reads of a rank that has failed. */
class ErrorFileTest {
  @Test
  void isWhatTorchrunReads() throws Exception {
    String text = "\"C:\\data\"\nhas no grüße \u65e5 \ud83d\ude00\t\u0001";
    Exception failure = new IllegalStateException(text);
    JsonNode json =
        new ObjectMapper().readTree(ErrorFile.json(failure, Instant.ofEpochSecond(1_790_000_000)));
    JsonNode message = json.get("message");
    assertEquals("java.lang.IllegalStateException: " + text, message.get("message").asText());
    assertEquals("1790000000", message.get("extraInfo").get("timestamp").asText());
    String trace = message.get("extraInfo").get("py_callstack").asText();
    assertTrue(trace.contains("at " + ErrorFileTest.class.getName()), trace);
  }
}
