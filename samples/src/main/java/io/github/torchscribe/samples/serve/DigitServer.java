package io.github.torchscribe.samples.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.torchscribe.runtime.Predictor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Answers over HTTP what digit an image shows: {@code POST /predict} with {@code {"pixels": [784
 * numbers from 0 to 255]}}; {@code GET /} is a page to draw on.
 */
final class DigitServer implements AutoCloseable {
  private static final int PIXELS = 28 * 28;
  private static final int MOST_BYTES = 65_536;
  private static final int MOST_DISCARDED = 1 << 20;
  private static final float MEAN = 0.1307f;
  private static final float STD = 0.3081f;
  private static final int WHITE = 255;
  private static final int SHOWN = 3;

  /** How many requests are read at once; slow ones must not keep the others waiting. */
  private static final int CONNECTIONS = 64;

  private static final List<String> DIGITS =
      IntStream.range(0, 10).mapToObj(String::valueOf).toList();
  private static final JsonMapper JSON = new JsonMapper();

  static {
    // Who sends a request a byte at a time gets ten seconds, not a thread for ever.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    // Head and body are written apart, and the second would wait for the first one's receipt.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Predictor predictor;
  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * Begins to answer.
   *
   * @param predictor answers, from many threads
   * @param address where, on this machine alone unless it says otherwise
   */
  DigitServer(Predictor predictor, InetSocketAddress address) throws IOException {
    this.predictor = predictor;
    server = HttpServer.create(address, 0);
    threads = Executors.newFixedThreadPool(CONNECTIONS);
    server.setExecutor(threads);
    server.createContext("/", this::page);
    server.createContext("/predict", this::predict);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void page(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals("/")) {
      send(exchange, 404, "text/plain", "there is only / and /predict");
      return;
    }
    try (InputStream in = DigitServer.class.getResourceAsStream("/serve/index.html")) {
      send(
          exchange,
          200,
          "text/html; charset=utf-8",
          new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private void predict(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      error(exchange, 405, "POST an image: {\"pixels\": [784 numbers from 0 to 255]}");
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      // Who sent a little too much is to hear why; who sends a gigabyte is cut off.
      exchange.getRequestBody().readNBytes(MOST_DISCARDED);
      error(exchange, 413, "an image takes less than " + MOST_BYTES + " bytes");
      return;
    }
    try {
      List<Predictor.Ranked> ranked = predictor.topK(pixels(body), SHOWN, DIGITS);
      ObjectNode answer = JSON.createObjectNode().put("digit", ranked.get(0).label());
      ArrayNode all = answer.putArray("likely");
      ranked.forEach(
          one -> all.addObject().put("digit", one.label()).put("probability", one.probability()));
      send(exchange, 200, "application/json", answer.toString());
    } catch (IllegalArgumentException e) {
      error(exchange, 400, e.getMessage());
    } catch (IllegalStateException e) {
      error(exchange, 503, "the server is stopping");
    }
  }

  /**
   * Normalised as MNIST is. Read token by token: a tree of 784 numbers costs as much as a layer.
   */
  private static float[] pixels(byte[] body) {
    try (JsonParser json = JSON.createParser(body)) {
      float[] image = null;
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean wanted = json.currentName().equals("pixels");
          if (json.nextToken() == JsonToken.START_ARRAY && wanted) {
            image = image(json);
          } else {
            json.skipChildren();
          }
        }
      }
      if (image == null) {
        throw wrongSize(0);
      }
      return image;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the request is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the request is no JSON", e);
    }
  }

  private static float[] image(JsonParser json) throws IOException {
    float[] image = new float[PIXELS];
    String bad = null;
    int count = 0;
    for (; json.nextToken() != JsonToken.END_ARRAY; count++) {
      double grey = json.currentToken().isNumeric() ? json.getDoubleValue() : Double.NaN;
      if (bad == null && !(grey >= 0 && grey <= WHITE)) {
        bad = "pixel " + count + " must be a number from 0 to 255 but is " + json.readValueAsTree();
      }
      json.skipChildren();
      if (count < PIXELS) {
        image[count] = ((float) grey / WHITE - MEAN) / STD;
      }
    }
    if (count != PIXELS) {
      throw wrongSize(count);
    }
    if (bad != null) {
      throw new IllegalArgumentException(bad);
    }
    return image;
  }

  private static IllegalArgumentException wrongSize(int count) {
    return new IllegalArgumentException(
        "'pixels' must be an array of 784 numbers, 28 rows of 28, but has " + count);
  }

  private static void error(HttpExchange exchange, int status, String message) throws IOException {
    String text = JSON.createObjectNode().put("error", message).toString();
    send(exchange, status, "application/json", text);
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
