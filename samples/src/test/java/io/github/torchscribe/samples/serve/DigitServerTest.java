package io.github.torchscribe.samples.serve;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.samples.mnist.CnnModel;
import io.github.torchscribe.samples.tools.Browser;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server of digits: good requests and bad ones, and its page in a real browser. */
class DigitServerTest {
  private static CnnModel model;
  private static Predictor predictor;
  private static DigitServer server;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws IOException {
    model = CnnModel.create();
    try (Mnist all = Mnist.train();
        Dataset some = new Subset(all, LongStream.range(0, 6_000).toArray())) {
      Trainer.of(model).epochs(2).run(some, some);
    }
    predictor = model.predictor();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    predictor.listener(new PredictorMetrics(registry, "Cnn"));
    server = server(predictor, registry::scrape);
  }

  private static DigitServer server(Predictor some, Supplier<String> metrics) throws IOException {
    return new DigitServer(some, metrics, new InetSocketAddress("127.0.0.1", 0), 2);
  }

  @AfterAll
  static void stop() {
    server.close();
    predictor.close();
    model.close();
  }

  private static HttpResponse<String> post(String body) throws Exception {
    return post("application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> post(String type, byte[] body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/predict"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(DigitServer from, String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + from.port() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String image(int index) {
    return "{\"pixels\": " + Arrays.toString(pixels(index)) + "}";
  }

  private static int[] pixels(int index) {
    try (Mnist data = Mnist.test()) {
      float[] numbers = new float[784];
      data.examples(index).data_ptr_float().get(numbers);
      int[] pixels = new int[784];
      Arrays.setAll(pixels, i -> Math.round((numbers[i] * 0.3081f + 0.1307f) * 255));
      return pixels;
    }
  }

  /** What an image of numbers and a picture in a file say is the same, alone and among others. */
  @Test
  void answersSeveralAndPictures() throws Exception {
    JsonMapper json = new JsonMapper();
    String three =
        IntStream.range(0, 3)
            .mapToObj(i -> Arrays.toString(pixels(i)))
            .collect(Collectors.joining(", ", "{\"images\": [", "]}"));
    JsonNode answers = json.readTree(post(three).body()).get("answers");
    assertEquals(3, answers.size());
    for (int i = 0; i < 3; i++) {
      JsonNode alone = json.readTree(post(image(i)).body());
      assertEquals(alone.get("digit"), answers.get(i).get("digit"));
      for (String kind : List.of("png", "bmp")) {
        JsonNode picture = json.readTree(post("image/" + kind, picture(kind, i)).body());
        assertEquals(alone.get("digit"), picture.get("digit"), kind);
        assertEquals(
            alone.at("/likely/0/probability").asDouble(),
            picture.at("/likely/0/probability").asDouble(),
            1e-5);
      }
    }
    assertEquals("{\"answers\":[]}", post("{\"images\": []}").body());
  }

  private static byte[] picture(String kind, int index) throws IOException {
    int[] pixels = pixels(index);
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 28, 28, pixels);
    return file(kind, image);
  }

  private static byte[] file(String kind, BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, kind, out));
    return out.toByteArray();
  }

  @Test
  void picturesThatAreNoneOrLargeAreRefused() throws Exception {
    HttpResponse<String> none = post("image/png", new byte[] {1, 2, 3});
    assertEquals(400, none.statusCode());
    assertTrue(none.body().contains("the picture is no image that Java can read"), none.body());
    byte[] whole = picture("png", 0);
    HttpResponse<String> half = post("image/png", Arrays.copyOf(whole, whole.length / 2));
    assertEquals(400, half.statusCode());
    assertTrue(half.body().contains("the picture"), half.body());
    byte[] bomb = file("png", new BufferedImage(5_000, 4_000, BufferedImage.TYPE_BYTE_BINARY));
    assertTrue(bomb.length < 100_000, bomb.length + " bytes");
    HttpResponse<String> large = post("image/png", bomb);
    assertEquals(400, large.statusCode());
    assertTrue(large.body().contains("the picture says that it is 4000 × 5000"), large.body());
    byte[] screen =
        HexFormat.of()
            .parseHex("474946383961c832c832800000ffffff0000002c00000000010001000002024401003b");
    HttpResponse<String> gif = post("image/gif", screen);
    assertEquals(400, gif.statusCode());
    assertTrue(gif.body().contains("the picture says that it is 13000 × 13000"), gif.body());
    byte[] header = picture("bmp", 0);
    Arrays.fill(header, 10, 14, (byte) 0x80); // a NegativeArraySizeException of Java's reader
    HttpResponse<String> odd = post("image/bmp", header);
    assertEquals(400, odd.statusCode(), odd.body());
  }

  @Test
  void tellsPrometheusAndWhetherItIsWell() throws Exception {
    assertEquals("{\"status\":\"up\"}", get(server, "/health").body());
    double before = metric("torchscribe_predictions_seconds_count", "answered");
    assertEquals(200, post(image(0)).statusCode());
    assertEquals(before + 1, metric("torchscribe_predictions_seconds_count", "answered"));
    String page = get(server, "/metrics").body();
    assertTrue(page.contains("# TYPE torchscribe_predictions_seconds histogram"), page);
    assertTrue(page.contains("torchscribe_pass_examples_bucket{model=\"Cnn\",le=\"64"), page);
  }

  private static double metric(String name, String outcome) throws Exception {
    return get(server, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(outcome))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /**
   * While clients ask over connections that they keep, the server is asked to stop: each question
   * that was sent has a whole answer, and who hears that the connection ends lets go of it.
   */
  @Test
  void stopsWithoutLosingAQuestion() throws Exception {
    DigitServer stopped = server(predictor, () -> "");
    byte[] body = image(3).getBytes(StandardCharsets.US_ASCII);
    byte[] head =
        ("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    AtomicInteger answers = new AtomicInteger();
    AtomicReference<Throwable> lost = new AtomicReference<>();
    List<Thread> clients = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Thread client =
          new Thread(
              () -> {
                try (Socket socket = new Socket("127.0.0.1", stopped.port());
                    InputStream in = new BufferedInputStream(socket.getInputStream())) {
                  boolean kept = true;
                  while (kept) {
                    socket.getOutputStream().write(head);
                    socket.getOutputStream().write(body);
                    kept = !answer(in).contains("\r\nConnection: close\r\n");
                    answers.incrementAndGet();
                  }
                } catch (Throwable e) {
                  lost.compareAndSet(null, e);
                }
              });
      clients.add(client);
      client.start();
    }
    while (answers.get() < 100 && lost.get() == null) {
      Thread.sleep(1);
    }
    stopped.stop(Duration.ofMillis(200), Duration.ofSeconds(10));
    for (Thread client : clients) {
      client.join();
    }
    assertNull(lost.get());
    assertThrows(IOException.class, () -> get(stopped, "/health"));
  }

  /** The head of a whole answer. */
  private static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("after " + head);
      }
      head.append((char) next);
    }
    assertTrue(head.indexOf("HTTP/1.1 200 ") == 0, head::toString);
    int length =
        Integer.parseInt(head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("of " + length + " bytes only " + body.length);
    }
    return head.toString();
  }

  @Test
  void isNotWellWhileItStops() throws Exception {
    DigitServer stopped = server(predictor, () -> "");
    Thread stopping = new Thread(() -> stopped.stop(Duration.ofSeconds(2), Duration.ofSeconds(10)));
    assertEquals(200, get(stopped, "/health").statusCode());
    stopping.start();
    HttpResponse<String> health = get(stopped, "/health");
    while (health.statusCode() == 200) {
      health = get(stopped, "/health");
    }
    assertEquals(503, health.statusCode());
    assertEquals("{\"error\":\"the server is stopping\"}", health.body());
    stopping.join();
  }

  /** What a test has before the predictor. */
  private interface Before {
    void predict() throws InterruptedException;
  }

  private static Predictor predictor(Before before) {
    return (Predictor)
        Proxy.newProxyInstance(
            DigitServerTest.class.getClassLoader(),
            new Class<?>[] {Predictor.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("predict")) {
                before.predict();
              }
              return method.invoke(predictor, arguments);
            });
  }

  /** By a connection of its own. */
  private static HttpResponse<String> ask(DigitServer whom) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + whom.port() + "/predict"))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(image(0)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void anErrorEndsOneAnswerAlone() throws Exception {
    AtomicBoolean thrown = new AtomicBoolean();
    Predictor some =
        predictor(
            () -> {
              if (!thrown.getAndSet(true)) {
                throw new OutOfMemoryError("injected");
              }
            });
    try (DigitServer hardy = server(some, () -> "")) {
      HttpResponse<String> failed = ask(hardy);
      assertEquals(500, failed.statusCode());
      assertEquals("{\"error\":\"injected\"}", failed.body());
      for (int i = 0; i < 4; i++) { // there are two event loops
        assertEquals(200, ask(hardy).statusCode());
      }
    }
  }

  /** An answer may take longer than the while in which no question comes. */
  @Test
  void stopsWhenTheLastAnswerIsGiven() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Predictor slow =
        predictor(
            () -> {
              asked.countDown();
              Thread.sleep(500);
            });
    DigitServer stopped = server(slow, () -> "");
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread client =
        new Thread(
            () -> {
              try {
                status.complete(ask(stopped).statusCode());
              } catch (Throwable e) {
                status.completeExceptionally(e);
              }
            });
    client.start();
    asked.await();
    stopped.stop(Duration.ofMillis(100), Duration.ofSeconds(10));
    assertEquals(200, status.get(20, SECONDS));
    client.join();
  }

  @Test
  void saysWhatDigitItIs() throws Exception {
    long[] digits;
    try (Mnist data = Mnist.test()) {
      digits = data.digits();
    }
    int right = 0;
    for (int i = 0; i < 50; i++) {
      JsonNode answer = new JsonMapper().readTree(post(image(i)).body());
      right += answer.get("digit").asText().equals(String.valueOf(digits[i])) ? 1 : 0;
      assertEquals(3, answer.get("likely").size());
    }
    assertTrue(right >= 45, right + " of 50");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nonsense | the request is no JSON",
        "{} | 'pixels' must be an array of 784 numbers, 28 rows of 28, but has 0",
        "{\"images\": [[1, 2]]} | image 0 must be an array of 784 numbers, 28 rows of 28, but has 2",
        "{\"images\": [1]} | image 0 must be an array of 784 numbers, 28 rows of 28, but has 0",
        "{\"pixels\": [1, 2]} | 'pixels' must be an array of 784 numbers, 28 rows of 28, but has 2",
        "{\"pixels\": \"a\"} | 'pixels' must be an array of 784 numbers"
      })
  void badRequestsAreToldWhy(String body, String message) throws Exception {
    HttpResponse<String> response = post(body);
    assertEquals(400, response.statusCode());
    String error = new JsonMapper().readTree(response.body()).get("error").asText();
    assertTrue(error.startsWith(message), error);
  }

  @Test
  void numbersThatAreNoPixels() throws Exception {
    for (String bad : List.of("256", "-1", "\"a\"", "null", "1e400")) {
      String pixels =
          LongStream.range(0, 783).mapToObj(i -> "0").collect(Collectors.joining(",")) + "," + bad;
      HttpResponse<String> response = post("{\"pixels\":[" + pixels + "]}");
      assertEquals(400, response.statusCode(), bad);
      assertTrue(response.body().contains("pixel 783 must be a number from 0 to 255"), bad);
    }
  }

  @Test
  void tooManyImagesAreRefused() throws Exception {
    String zeros = "[" + "0,".repeat(783) + "0]";
    String most = "{\"images\": [" + (zeros + ",").repeat(63) + zeros;
    assertEquals(200, post(most + "]}").statusCode());
    HttpResponse<String> refused = post(most + "," + zeros + "]}");
    assertEquals(400, refused.statusCode());
    assertEquals("{\"error\":\"a request has at most 64 images\"}", refused.body());
  }

  @Test
  void hugeRequestsAreCutOff() throws Exception {
    HttpResponse<String> response = post("[" + "1,".repeat(300_000) + "1]");
    assertEquals(413, response.statusCode());
    assertEquals(200, post(image(0)).statusCode());
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      byte[] some = new byte[1 << 16];
      long sent = 0;
      try {
        for (; sent < 1_000_000_000; sent += some.length) {
          out.write(some);
        }
      } catch (IOException e) {
        // cut off
      }
      assertTrue(sent < 100_000_000, sent + " bytes were taken");
    }
    assertEquals(200, post(image(0)).statusCode());
  }

  /** Who sends a byte now and then does not keep others from being answered for ever. */
  @Test
  void slowRequestsEnd() throws Exception {
    try (Socket one = slow();
        Socket two = slow()) {
      long began = System.nanoTime();
      assertEquals(200, post(image(0)).statusCode());
      assertTrue(System.nanoTime() - began < 5e9, "both threads were kept");
      assertTrue(one.isConnected() && two.isConnected());
    }
  }

  private static Socket slow() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    OutputStream out = socket.getOutputStream();
    out.write(
        "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{"
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port());
        InputStream in = socket.getInputStream()) {
      socket
          .getOutputStream()
          .write("GET /etc HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals("HTTP/1.1 404", new String(in.readNBytes(12), StandardCharsets.US_ASCII));
    }
    HttpResponse<String> get =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/predict"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(405, get.statusCode());
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "390, DARK"})
  void oneDrawsADigitAndSeesTheAnswer(int width, ColorScheme scheme) throws IOException {
    try (Browser browser = Browser.start()) {
      Page page = browser.page(width, 800, scheme);
      page.navigate("http://127.0.0.1:" + server.port() + "/");
      var box = page.locator("#pad").boundingBox();
      double x = box.x + box.width / 2;
      page.mouse().move(x, box.y + box.height * 0.15);
      page.mouse().down();
      page.mouse().move(x, box.y + box.height * 0.85);
      page.mouse().up();
      page.waitForCondition(() -> !page.locator("#answer").textContent().isEmpty());
      assertEquals("1", page.locator("#answer").textContent());
      assertEquals(3, page.locator("#likely .row").count());
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Path.of("target", "serve-" + width + "-" + scheme + ".png")));
      page.click("#clear");
      assertEquals("", page.locator("#answer").textContent());
      assertEquals(List.of(), browser.complaints());
    }
  }
}
