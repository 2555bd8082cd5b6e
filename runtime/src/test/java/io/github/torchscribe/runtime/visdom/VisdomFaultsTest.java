package io.github.torchscribe.runtime.visdom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong between a program and its server, and what cannot be drawn. */
class VisdomFaultsTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Options NONE = Options.none();

  private final MockWebServer server = new MockWebServer();

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void noServer() throws IOException {
    int port = freePort();
    URI nobody = URI.create("http://127.0.0.1:" + port);
    VisdomException e =
        assertThrows(VisdomException.class, () -> Visdom.at(nobody).connect().close());
    assertTrue(e.getMessage().startsWith("no Visdom server at " + nobody), e.getMessage());
    assertTrue(e.getMessage().endsWith("python -m visdom.server"), e.getMessage());
    assertTrue(e.isPassing());
  }

  @Test
  void anAddressThatIsNone() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Visdom.at(URI.create("localhost:8097")).connect().close());
    assertTrue(e.getMessage().contains("http://localhost:8097"), e.getMessage());
  }

  @Test
  void aServerThatNeverAnswers() {
    server.enqueue(new MockResponse.Builder().onRequestStart(SocketEffect.Stall.INSTANCE).build());
    VisdomException e = assertThrows(VisdomException.class, this::connect);
    assertTrue(e.getMessage().endsWith("does not answer in time"), e.getMessage());
    assertTrue(e.isPassing());
  }

  @Test
  void aServerWithAFault() {
    server.enqueue(new MockResponse.Builder().code(500).build());
    VisdomException e = assertThrows(VisdomException.class, this::connect);
    assertTrue(e.getMessage().endsWith("answers 500"), e.getMessage());
    assertTrue(e.isPassing());
  }

  @Test
  void halfAnAnswer() {
    server.enqueue(
        new MockResponse.Builder()
            .body("main")
            .setHeader("Content-Length", 400)
            .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
            .build());
    assertTrue(assertThrows(VisdomException.class, this::connect).isPassing());
  }

  @Test
  void somethingElseThanVisdom() {
    server.enqueue(new MockResponse.Builder().body("\n<!DOCTYPE html><html></html>").build());
    VisdomException e = assertThrows(VisdomException.class, this::connect);
    assertTrue(e.getMessage().contains("answers with a web page"), e.getMessage());
    assertFalse(e.isPassing());
  }

  @Test
  void aLoginThatIsWanted() {
    server.enqueue(new MockResponse.Builder().code(400).build());
    VisdomException e = assertThrows(VisdomException.class, this::connect);
    assertTrue(e.getMessage().endsWith("does it want a login?"), e.getMessage());
    assertFalse(e.isPassing());
  }

  @Test
  void aLoginThatIsRefused() {
    server.enqueue(new MockResponse.Builder().code(400).build());
    VisdomException e =
        assertThrows(
            VisdomException.class, () -> settings().login("ann", "wrong").connect().close());
    assertTrue(e.getMessage().endsWith("refuses the login of 'ann'"), e.getMessage());
  }

  @Test
  void aLoginIsDoneOnceAndItsCookieSent() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().addHeader("Set-Cookie", "user=x; Path=/").build());
    server.enqueue(ok("main"));
    server.enqueue(ok("true"));
    try (Visdom viz = settings().login("ann", "secret").connect()) {
      assertTrue(viz.winExists("w"));
    }
    assertEquals(
        "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
        server.takeRequest().getBody().utf8().replaceAll(".*\"password\":\"(\\w+)\".*", "$1"));
    assertEquals("user=x", server.takeRequest().getHeaders().get("Cookie"));
    assertEquals("user=x", server.takeRequest().getHeaders().get("Cookie"));
  }

  @Test
  void anInfiniteValueIsAGapNotBrokenJson() throws InterruptedException {
    try (Visdom viz = connected()) {
      server.enqueue(ok("w"));
      viz.line(new double[] {1, Double.POSITIVE_INFINITY}, new double[] {0, 1}, "w", NONE);
    }
    server.takeRequest();
    String sent = server.takeRequest().getBody().utf8();
    assertTrue(sent.contains("\"y\":[1.0,null]"), sent);
  }

  @Test
  void whatCannotBeDrawnIsNotSent() {
    try (Visdom viz = connected()) {
      refuses(
          "there are 1 x and 2 y; give as many of both",
          () -> viz.line(new double[] {1, 2}, new double[] {0}, "w", NONE));
      refuses(
          "there are no points to draw", () -> viz.line(new double[0], new double[0], "w", NONE));
      refuses(
          "rows must be equally long, but one has 2 numbers and another 1",
          () -> viz.heatmap(new double[][] {{1, 2}, {3}}, "w", NONE));
      refuses(
          "the legend has 1 names, but there are more lines",
          () -> viz.line(new double[][] {{1, 2}}, new double[] {0}, "w", NONE.legend("only")));
      refuses(
          "rownames has 3 names, but there are 1",
          () ->
              viz.bar(new double[][] {{1, 2}}, "w", NONE.rownames(java.util.List.of("", "", ""))));
      refuses(
          "a histogram needs finite numbers, at least one",
          () -> viz.histogram(new double[] {1, Double.NaN}, "w", NONE));
      refuses(
          "an image is a tensor (H, W), (1, H, W) or (3, H, W), but this is Float (2, 4, 4) on the"
              + " CPU",
          () -> viz.image(torch.zeros(2, 4, 4), "w", NONE));
      refuses(
          "images are a tensor (N, 1, H, W) or (N, 3, H, W), but this is Float (4, 4) on the CPU",
          () -> viz.images(torch.zeros(4, 4), "w", NONE));
      Tensor negative = torch.full(new long[] {2, 2}, new Scalar(-0.5));
      refuses(
          "an image's values are from 0 to 1, or from 0 to 255, but one is -0.5",
          () -> viz.image(negative, "w", NONE));
      assertEquals(1, server.getRequestCount());
    }
  }

  @Test
  void aWindowWithoutANameGetsOne() {
    try (Visdom viz = connected()) {
      server.enqueue(ok(""));
      server.enqueue(ok(""));
      String first = viz.text("a", null, NONE);
      assertTrue(first.startsWith("window_"), first);
      assertNotEquals(first, viz.text("b", null, NONE));
    }
  }

  @Test
  void theFileHasTheFormatOfPythonsReplay() throws IOException {
    Path log = folder.resolve("visdom.log");
    server.enqueue(ok("main"));
    server.enqueue(ok("w"));
    server.enqueue(ok("true"));
    try (Visdom viz = settings().logToFile(log).connect()) {
      viz.text("words", "w", NONE);
      viz.winExists("w");
    }
    assertEquals(
        "[\"events\",{\"win\":\"w\",\"eid\":\"main\",\"data\":[{\"content\":\"words\",\"type\":\"text\"}],"
            + "\"opts\":{}}]\n",
        Files.readString(log));
  }

  private static void refuses(String message, Runnable drawing) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, drawing::run).getMessage());
  }

  private VisdomSettings settings() {
    return Visdom.at(server.url("/").uri()).patience(PATIENCE);
  }

  private void connect() {
    settings().connect().close();
  }

  private Visdom connected() {
    server.enqueue(ok("main"));
    return settings().connect();
  }

  private static MockResponse ok(String body) {
    return new MockResponse.Builder().body(body).build();
  }

  /** A port where nobody listens. */
  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
