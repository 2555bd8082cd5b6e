package io.github.torchscribe.samples.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.torchscribe.runtime.Predictor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.microhttp.EventLoop;
import org.microhttp.Header;
import org.microhttp.NoopLogger;
import org.microhttp.Options;
import org.microhttp.Request;
import org.microhttp.Response;

/**
 * Answers over HTTP what digit an image shows: {@code POST /predict} with {@code {"pixels": [784
 * numbers from 0 to 255]}}; {@code GET /} is a page to draw on. Each core has an event loop, which
 * reads, computes and writes: handing an answer to another thread and back would take as long as
 * the answer, and who is slow to send keeps nobody waiting.
 */
final class DigitServer implements AutoCloseable {
  private static final int PIXELS = 28 * 28;
  private static final int MOST_BYTES = 65_536;

  /** Who sends a little too much is to hear why; who sends more is cut off. */
  private static final int MOST_READ = 1 << 20;

  /** A request that has not come until then is given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final float MEAN = 0.1307f;
  private static final float STD = 0.3081f;
  private static final int WHITE = 255;
  private static final int SHOWN = 3;

  private static final List<String> DIGITS =
      IntStream.range(0, 10).mapToObj(String::valueOf).toList();
  private static final JsonMapper JSON = new JsonMapper();

  private final Predictor predictor;
  private final EventLoop loops;

  /**
   * Begins to answer.
   *
   * @param address where, on this machine alone unless it says otherwise
   * @param cores how many answer at once
   */
  DigitServer(Predictor predictor, InetSocketAddress address, int cores) throws IOException {
    this.predictor = predictor;
    Options options =
        Options.builder()
            .withHost(address.getHostString())
            .withPort(address.getPort())
            .withConcurrency(cores)
            .withRequestTimeout(PATIENCE)
            .withMaxRequestSize(MOST_READ)
            .build();
    loops = new EventLoop(options, NoopLogger.instance(), this::answer);
    loops.start();
  }

  int port() throws IOException {
    return loops.getPort();
  }

  private void answer(Request request, Consumer<Response> answered) {
    Response response;
    try {
      response = answer(request);
    } catch (IllegalArgumentException e) {
      response = error(400, "Bad Request", e.getMessage());
    } catch (IllegalStateException e) {
      response = error(503, "Service Unavailable", "the server is stopping");
    } catch (RuntimeException | IOException e) {
      response = error(500, "Internal Server Error", String.valueOf(e.getMessage()));
    }
    answered.accept(response);
  }

  private Response answer(Request request) throws IOException {
    byte[] body = request.body() == null ? new byte[0] : request.body();
    String path = request.uri().split("\\?", 2)[0];
    if (path.equals("/")) {
      try (InputStream in = DigitServer.class.getResourceAsStream("/serve/index.html")) {
        return response(200, "OK", "text/html; charset=utf-8", in.readAllBytes());
      }
    }
    if (!path.equals("/predict")) {
      return error(404, "Not Found", "there is only / and /predict");
    }
    if (!request.method().equals("POST")) {
      return error(
          405, "Method Not Allowed", "POST an image: {\"pixels\": [784 numbers from 0 to 255]}");
    }
    if (body.length > MOST_BYTES) {
      return error(413, "Content Too Large", "an image takes less than " + MOST_BYTES + " bytes");
    }
    return predict(body);
  }

  private Response predict(byte[] body) throws IOException {
    List<Predictor.Ranked> ranked = predictor.topK(pixels(body), SHOWN, DIGITS);
    ObjectNode answer = JSON.createObjectNode().put("digit", ranked.get(0).label());
    ArrayNode all = answer.putArray("likely");
    ranked.forEach(
        one -> all.addObject().put("digit", one.label()).put("probability", one.probability()));
    return response(200, "OK", "application/json", JSON.writeValueAsBytes(answer));
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

  private static Response error(int status, String reason, String message) {
    String text = JSON.createObjectNode().put("error", message).toString();
    return response(status, reason, "application/json", text.getBytes(StandardCharsets.UTF_8));
  }

  private static Response response(int status, String reason, String type, byte[] body) {
    return new Response(status, reason, List.of(new Header("Content-Type", type)), body);
  }

  @Override
  public void close() {
    loops.stop();
    try {
      loops.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
