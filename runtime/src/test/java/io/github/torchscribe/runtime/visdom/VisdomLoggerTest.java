package io.github.torchscribe.runtime.visdom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.torchscribe.runtime.Runs;
import io.github.torchscribe.runtime.Warnings;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class VisdomLoggerTest {
  private static final TrainingLog.Run RUN = Runs.of(1, 1, 400);

  @TempDir private Path folder;

  @Test
  void noServerCostsOneWarningAndNoTime() throws IOException {
    int port = VisdomFaultsTest.freePort();
    List<String> warnings;
    Path file = folder.resolve("visdom.log");
    long began = System.nanoTime();
    try (Warnings heard = new Warnings()) {
      URI nobody = URI.create("http://127.0.0.1:" + port);
      VisdomLogger log = VisdomLogger.to(Visdom.at(nobody).logToFile(file));
      log.began(RUN);
      steps(log, 0, 400);
      log.ended(Optional.empty());
      warnings = heard.texts();
    }
    assertTrue(System.nanoTime() - began < Duration.ofSeconds(4).toNanos());
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(
        warnings.get(0).startsWith("WARNING Training goes on without Visdom: no Visdom server"),
        warnings::toString);
    // What could not be sent is in the file.
    assertTrue(Files.readString(file).contains("399.0"), "the last point");
  }

  @Test
  void aServerThatNeverAnswersDoesNotHoldUpTheSteps() throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      for (int i = 0; i < 10; i++) {
        server.enqueue(
            new MockResponse.Builder().onRequestStart(SocketEffect.Stall.INSTANCE).build());
      }
      VisdomLogger log =
          VisdomLogger.to(Visdom.at(server.url("/").uri()).patience(Duration.ofMillis(500)));
      log.began(RUN);
      long began = System.nanoTime();
      steps(log, 0, 400);
      assertTrue(System.nanoTime() - began < Duration.ofMillis(400).toNanos());
      log.ended(Optional.empty());
    }
  }

  @Test
  void eachOfSeveralLossesHasALine() throws IOException {
    TrainingLog.Run run = Runs.ofParts(1, 10, 30);
    Path file = folder.resolve("visdom.log");
    try (Warnings heard = new Warnings()) {
      URI nobody = URI.create("http://127.0.0.1:" + VisdomFaultsTest.freePort());
      VisdomLogger log = VisdomLogger.to(Visdom.at(nobody).logToFile(file));
      log.began(run);
      log.step(Runs.stepOfParts(run, 0, 0, 0.4f));
      log.epoch(Runs.epochOfParts(0, 0.5, 10, 30));
      log.ended(Optional.empty());
      assertEquals(1, heard.texts().size());
    }
    Map<String, List<String>> lines = new TreeMap<>();
    for (String message : Files.readAllLines(file)) {
      JsonNode data = new ObjectMapper().readTree(message).get(1);
      List<String> names = new ArrayList<>();
      data.get("data")
          .forEach(
              line -> {
                if (line.has("name")) {
                  names.add(line.get("name").asText() + " " + line.get("y"));
                }
              });
      lines.put(data.get("win").asText(), names);
    }
    assertEquals(
        List.of("loss [0.9]", "kind [0.4]", "tone [0.2]", "price [40.0]"),
        lines.get("train_loss").stream().map(VisdomLoggerTest::rounded).toList());
    assertEquals(
        List.of(
            "loss [1.125]",
            "kind [0.5]",
            "tone [0.25]",
            "price [50.0]",
            "kind accuracy [0.3333333333333333]",
            "tone accuracy [0.6666666666666666]"),
        lines.get("test"));
    assertTrue(
        lines
            .keySet()
            .containsAll(List.of("confusion_kind", "confusion_tone", "images", "predictions")),
        lines::toString);
    assertFalse(lines.containsKey("confusion_price"));
  }

  /** A float's digits. */
  private static String rounded(String line) {
    int bracket = line.indexOf('[');
    String number = line.substring(bracket + 1, line.length() - 1);
    return line.substring(0, bracket + 1) + (float) Double.parseDouble(number) + "]";
  }

  private static void steps(VisdomLogger log, int from, int to) {
    for (int i = from; i < to; i++) {
      log.step(new TrainingLog.Step(RUN, 0, i, 1, i, 0.1));
    }
  }
}
