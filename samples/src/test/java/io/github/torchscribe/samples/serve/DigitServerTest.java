package io.github.torchscribe.samples.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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
    server = new DigitServer(predictor, new InetSocketAddress("127.0.0.1", 0), 2);
  }

  @AfterAll
  static void stop() {
    server.close();
    predictor.close();
    model.close();
  }

  private static HttpResponse<String> post(String body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/predict"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String image(int index) {
    try (Mnist data = Mnist.test()) {
      float[] numbers = new float[784];
      data.examples(index).data_ptr_float().get(numbers);
      int[] pixels = new int[784];
      Arrays.setAll(pixels, i -> Math.round((numbers[i] * 0.3081f + 0.1307f) * 255));
      return "{\"pixels\": " + Arrays.toString(pixels) + "}";
    }
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
  void hugeRequestsAreCutOff() throws Exception {
    HttpResponse<String> response = post("[" + "1,".repeat(100_000) + "1]");
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
