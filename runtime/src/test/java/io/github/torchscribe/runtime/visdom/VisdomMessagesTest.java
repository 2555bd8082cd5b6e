package io.github.torchscribe.runtime.visdom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent equals what Python's client sends; the fixture is of parity/visdom_messages.py. */
class VisdomMessagesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final double[][] ROWS = {{1, 2, 3.5}, {4, 5, 6.25}};
  private static final Options NONE = Options.none();

  private static final Map<String, Consumer<Visdom>> CALLS =
      Map.ofEntries(
          Map.entry(
              "line",
              viz -> viz.line(List.of(0.), List.of(0.), "train_loss", Options.title("train loss"))),
          Map.entry(
              "line without options",
              viz -> viz.line(new double[] {1, 2}, new double[] {0, 1}, "w", NONE)),
          Map.entry(
              "line with gap",
              viz -> viz.line(new double[] {1, Double.NaN, 3}, new double[] {0, 1, 2}, "w", NONE)),
          Map.entry(
              "line with axes",
              viz ->
                  viz.line(
                      new double[] {1, 2},
                      new double[] {0, 1},
                      "w",
                      Options.title("t")
                          .xlabel("step")
                          .ylabel("loss")
                          .ytype("log")
                          .markers(true)
                          .width(400))),
          Map.entry(
              "lines",
              viz ->
                  viz.line(
                      new double[][] {{1, 10}, {2, 20}, {3, 30}},
                      new double[] {0, 1, 2},
                      "w",
                      NONE.legend("loss", "accuracy").with("showlegend", true))),
          Map.entry(
              "line appended",
              viz ->
                  viz.line(new double[] {2.5}, new double[] {1}, "w", Update.APPEND, "loss", NONE)),
          Map.entry(
              "line replaced",
              viz ->
                  viz.line(
                      new double[] {2.5, 3.5},
                      new double[] {1, 2},
                      "w",
                      Update.REPLACE,
                      "loss",
                      NONE)),
          Map.entry(
              "scatter",
              viz ->
                  viz.scatter(
                      new double[] {0, 2, 4},
                      new double[] {1, 3, 5},
                      new int[] {1, 3, 1},
                      "w",
                      NONE.markersize(5))),
          Map.entry(
              "scatter without labels",
              viz -> viz.scatter(new double[] {0, 2}, new double[] {1, 3}, null, "w", NONE)),
          Map.entry(
              "bar",
              viz ->
                  viz.bar(
                      ROWS,
                      "w",
                      NONE.stacked(true)
                          .legend("a", "b", "c")
                          .rownames(List.of("first", "second")))),
          Map.entry("bar without options", viz -> viz.bar(ROWS, "w", NONE)),
          Map.entry(
              "histogram",
              viz ->
                  viz.histogram(
                      new double[] {0, 0.5, 1, 1, 2.5, 4}, "w", Options.title("h").numbins(4))),
          Map.entry(
              "histogram without options", viz -> viz.histogram(new double[] {3, 1, 2}, "w", NONE)),
          Map.entry(
              "heatmap",
              viz ->
                  viz.heatmap(
                      ROWS,
                      "w",
                      Options.title("m")
                          .columnnames(List.of("a", "b", "c"))
                          .rownames(List.of("x", "y"))
                          .with("colormap", "Electric"))),
          Map.entry(
              "heatmap without options",
              viz -> viz.heatmap(new double[][] {{1, Double.NaN}}, "w", NONE)),
          Map.entry(
              "image", viz -> viz.image(grey(), "w", Options.title("i").caption("a grey one"))),
          Map.entry("images", viz -> viz.images(colour(), 2, 2, "w", NONE)),
          Map.entry(
              "images in rows",
              viz ->
                  viz.images(
                      colour().expand(2, 3, 3, 4).index_select(0, torch.tensor(0L, 1L, 0L)),
                      2,
                      1,
                      "w",
                      NONE)),
          Map.entry("text", viz -> viz.text("<b>bold</b>", "w", Options.title("words"))),
          Map.entry("close", viz -> viz.close("w")),
          Map.entry("close all", viz -> viz.close(null)),
          Map.entry("winExists", viz -> viz.winExists("w")),
          Map.entry("windowData", viz -> viz.windowData("w")),
          Map.entry("save", viz -> viz.save("main", "other")),
          Map.entry("deleteEnv", viz -> viz.deleteEnv("other")));

  static Stream<String> fixture() throws IOException {
    try (InputStream in = VisdomMessagesTest.class.getResourceAsStream("/parity/visdom.jsonl")) {
      assertNotNull(
          in, "parity/visdom.jsonl is missing: python parity/visdom_messages.py makes it");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    }
  }

  @ParameterizedTest
  @MethodSource("fixture")
  void equalPythons(String line) throws Exception {
    JsonNode fixture = MAPPER.readTree(line);
    Consumer<Visdom> call = CALLS.get(fixture.get("call").asText());
    assertNotNull(call, "no call of that name: " + fixture.get("call"));
    assertEquals(comparable(fixture.get("sent")), comparable(sentBy(call)));
  }

  private static ArrayNode sentBy(Consumer<Visdom> call) throws Exception {
    ArrayNode sent = MAPPER.createArrayNode();
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return new MockResponse.Builder().body("true").build();
            }
          });
      server.start();
      try (Visdom viz = Visdom.at(server.url("/").uri()).connect()) {
        assertEquals("/env/main", server.takeRequest().getUrl().encodedPath());
        call.accept(viz);
      }
      for (int left = server.getRequestCount() - 1; left > 0; left--) {
        RecordedRequest request = server.takeRequest();
        sent.addArray()
            .add(request.getUrl().encodedPath().substring(1))
            .add(MAPPER.readTree(request.getBody().utf8()));
      }
    }
    return sent;
  }

  /** All numbers as double, all PNGs as their pixels: two encoders compress differently. */
  private static JsonNode comparable(JsonNode node) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    if (node.isNumber()) {
      return make.numberNode(node.asDouble());
    }
    if (node.isTextual() && node.asText().startsWith("data:image/png;base64,")) {
      return make.textNode(pixels(node.asText()));
    }
    if (node.isArray()) {
      ArrayNode array = make.arrayNode();
      node.forEach(item -> array.add(comparable(item)));
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = make.objectNode();
      node.properties().forEach(e -> object.set(e.getKey(), comparable(e.getValue())));
      return object;
    }
    return node;
  }

  private static String pixels(String dataUrl) {
    byte[] png = Base64.getDecoder().decode(dataUrl.substring(dataUrl.indexOf(',') + 1));
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      int width = image.getWidth();
      int height = image.getHeight();
      int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
      return width + "×" + height + " " + Arrays.toString(rgb);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Tensor grey() {
    return torch.arange(new Scalar(12.0)).div(scalar(12)).view(3, 4);
  }

  private static Tensor colour() {
    return torch.arange(new Scalar(24.0)).div(scalar(24)).view(2, 1, 3, 4);
  }

  private static Scalar scalar(double value) {
    return new Scalar(value);
  }
}
