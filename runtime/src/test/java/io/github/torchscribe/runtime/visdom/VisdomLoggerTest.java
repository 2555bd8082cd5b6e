package io.github.torchscribe.runtime.visdom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.torchscribe.runtime.Runs;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  void aServerThatIsKilledAndStartedAnewGetsEveryPointOnce() throws Exception {
    RealVisdom server = RealVisdom.start(folder);
    try {
      VisdomLogger log = VisdomLogger.to(server.address());
      log.began(RUN);
      steps(log, 0, 100);
      awaitPoints(server, 100);
      server.stop();
      steps(log, 100, 200);
      Thread.sleep(800); // some tries that fail
      server.start();
      steps(log, 200, 300);
      awaitPoints(server, 300);
      steps(log, 300, 400);
      log.ended(Optional.empty());
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        expected.add(i);
      }
      assertEquals(expected, points(server));
    } finally {
      server.stop();
    }
  }

  @Test
  void drawsTheTestImagesAndTheConfusionMatrix() throws Exception {
    RealVisdom server = RealVisdom.start(folder);
    try (Visdom viz = Visdom.at(server.address()).connect()) {
      VisdomLogger log = VisdomLogger.to(server.address());
      log.began(RUN);
      log.epoch(Runs.epoch(0, 0.5, 133, 400));
      log.ended(Optional.empty());

      JsonNode images = viz.windowData("images");
      assertEquals("image", images.get("type").asText());
      assertTrue(images.get("content").get("src").asText().startsWith("data:image/png;base64,"));
      assertEquals("epoch 1", images.get("content").get("caption").asText());
      String table = viz.windowData("predictions").get("content").asText();
      assertEquals(40, table.split("<td>", -1).length - 1);
      assertEquals(27, table.split("color:#c00", -1).length - 1, table); // 0 and 2 of 0, 1, 2, …
      assertTrue(table.contains("1 (is 2)"), table);
      JsonNode confusion = viz.windowData("confusion").get("content").get("data").get(0);
      assertEquals(
          "[[0.0,134.0,0.0],[0.0,133.0,0.0],[0.0,133.0,0.0]]", confusion.get("z").toString());
      JsonNode test = viz.windowData("test").get("content").get("data");
      assertEquals("[1]", test.get(1).get("x").toString().replace(".0", ""));
      assertEquals(0.3325, test.get(1).get("y").get(0).asDouble());
    } finally {
      server.stop();
    }
  }

  @Test
  void aRunThatFailedHasNoConfusionMatrix() throws Exception {
    RealVisdom server = RealVisdom.start(folder);
    try (Visdom viz = Visdom.at(server.address()).connect()) {
      VisdomLogger log = VisdomLogger.to(server.address());
      log.began(RUN);
      steps(log, 0, 10);
      log.ended(Optional.of(new IllegalStateException("the loss became NaN")));
      assertEquals(10, points(server).size());
      assertTrue(!viz.winExists("confusion"));
    } finally {
      server.stop();
    }
  }

  @Test
  void noServerCostsOneWarningAndNoTime() throws IOException {
    int port = RealVisdom.freePort();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    Path file = folder.resolve("visdom.log");
    long began = System.nanoTime();
    try {
      URI nobody = URI.create("http://127.0.0.1:" + port);
      VisdomLogger log = VisdomLogger.to(Visdom.at(nobody).logToFile(file));
      log.began(RUN);
      steps(log, 0, 400);
      log.ended(Optional.empty());
    } finally {
      System.setErr(before);
    }
    assertTrue(System.nanoTime() - began < Duration.ofSeconds(4).toNanos());
    String warning = err.toString(StandardCharsets.UTF_8);
    assertEquals(1, warning.lines().count(), warning);
    assertTrue(warning.startsWith("Training goes on without Visdom: no Visdom server"), warning);
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

  private static void steps(VisdomLogger log, int from, int to) {
    for (int i = from; i < to; i++) {
      log.step(new TrainingLog.Step(RUN, 0, i, 1, i, 0.1));
    }
  }

  private static void awaitPoints(RealVisdom server, int count) throws InterruptedException {
    for (int tries = 0; tries < 300 && points(server).size() != count; tries++) {
      Thread.sleep(100);
    }
    assertEquals(count, points(server).size());
  }

  private static List<Integer> points(RealVisdom server) {
    List<Integer> result = new ArrayList<>();
    try (Visdom viz = Visdom.at(server.address()).connect()) {
      if (viz.winExists("train_loss")) {
        JsonNode traces = viz.windowData("train_loss").get("content").get("data");
        assertEquals(1, traces.size(), traces.toString());
        traces.get(0).get("y").forEach(y -> result.add(y.asInt()));
      }
    }
    return result;
  }
}
