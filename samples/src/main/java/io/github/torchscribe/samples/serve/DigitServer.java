package io.github.torchscribe.samples.serve;

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
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.microhttp.EventLoop;
import org.microhttp.Header;
import org.microhttp.NoopLogger;
import org.microhttp.Options;
import org.microhttp.Request;
import org.microhttp.Response;

/**
 * Answers over HTTP what digit an image shows. Each core has an event loop, which reads, computes
 * and writes: handing an answer to another thread and back would take as long as the answer, and
 * who is slow to send keeps nobody waiting.
 *
 * <ul>
 *   <li>{@code POST /predict} with {@code {"pixels": [784 numbers from 0 to 255]}}, or {@code
 *       {"images": [[…], …]}} with up to 64, or a picture ({@code Content-Type: image/png})
 *   <li>{@code GET /} is a page to draw on
 *   <li>{@code GET /health} says with 200 or 503 whether to send questions here
 *   <li>{@code GET /metrics} is for Prometheus
 * </ul>
 */
final class DigitServer implements AutoCloseable {
  private static final int MOST_BYTES = 512 * 1024;

  /** Who sends a little too much is to hear why; who sends more is cut off. */
  private static final int MOST_READ = 1 << 20;

  /** A request that has not come until then is given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String JSON_TYPE = "application/json";
  private static final JsonMapper JSON = new JsonMapper();

  private final Predictor predictor;
  private final Supplier<String> metrics;
  private final EventLoop loops;
  private volatile boolean stopping;
  private volatile long lastRequest = System.nanoTime();
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * Begins to answer.
   *
   * @param metrics what Prometheus is told
   * @param address where, on this machine alone unless it says otherwise
   * @param cores how many answer at once
   */
  DigitServer(Predictor predictor, Supplier<String> metrics, InetSocketAddress address, int cores)
      throws IOException {
    this.predictor = predictor;
    this.metrics = metrics;
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
    } catch (Throwable e) { // what leaves an event loop ends the server, and the process stays
      response = error(500, "Internal Server Error", String.valueOf(e.getMessage()));
    }
    answered.accept(response);
  }

  private Response answer(Request request) throws IOException {
    byte[] body = request.body() == null ? new byte[0] : request.body();
    String path = request.uri().split("\\?", 2)[0];
    switch (path) {
      case "/":
        try (InputStream in = DigitServer.class.getResourceAsStream("/serve/index.html")) {
          return response(200, "OK", "text/html; charset=utf-8", in.readAllBytes());
        }
      case "/health":
        return health();
      case "/metrics":
        byte[] page = metrics.get().getBytes(StandardCharsets.UTF_8);
        return response(200, "OK", "text/plain; version=0.0.4; charset=utf-8", page);
      case "/predict":
        underWay.incrementAndGet();
        try {
          return predict(request, body);
        } finally {
          lastRequest = System.nanoTime();
          underWay.decrementAndGet();
        }
      default:
        return error(404, "Not Found", "there is only /, /predict, /health and /metrics");
    }
  }

  private Response health() {
    Optional<String> trouble =
        stopping ? Optional.of("the server is stopping") : predictor.trouble();
    if (trouble.isPresent()) {
      return error(503, "Service Unavailable", trouble.get());
    }
    return response(200, "OK", JSON_TYPE, "{\"status\":\"up\"}".getBytes(StandardCharsets.UTF_8));
  }

  private Response predict(Request request, byte[] body) throws IOException {
    if (!request.method().equals("POST")) {
      return error(
          405, "Method Not Allowed", "POST an image: {\"pixels\": [784 numbers from 0 to 255]}");
    }
    if (body.length > MOST_BYTES) {
      return error(413, "Content Too Large", "a request takes less than " + MOST_BYTES + " bytes");
    }
    if (isPicture(request)) {
      return answer(answerOf(Digits.scores(predictor, body)));
    }
    DigitRequests.Asked asked = DigitRequests.read(body);
    if (!asked.several()) {
      return answer(answerOf(predictor.predict(asked.images()[0])));
    }
    ObjectNode all = JSON.createObjectNode();
    ArrayNode answers = all.putArray("answers");
    for (float[] scores : predictor.predict(asked.images())) {
      answers.add(answerOf(scores));
    }
    return answer(all);
  }

  private static boolean isPicture(Request request) {
    String type = request.header("Content-Type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("image/");
  }

  private static ObjectNode answerOf(float... scores) {
    List<Predictor.Ranked> ranked = Digits.likeliest(scores);
    ObjectNode answer = JSON.createObjectNode().put("digit", ranked.get(0).label());
    ArrayNode all = answer.putArray("likely");
    ranked.forEach(
        one -> all.addObject().put("digit", one.label()).put("probability", one.probability()));
    return answer;
  }

  private Response answer(ObjectNode answer) throws IOException {
    return response(200, "OK", JSON_TYPE, JSON.writeValueAsBytes(answer));
  }

  private Response error(int status, String reason, String message) {
    String text = JSON.createObjectNode().put("error", message).toString();
    return response(status, reason, JSON_TYPE, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Who keeps a connection is told to let go of it when the server stops. */
  private Response response(int status, String reason, String type, byte[] body) {
    Header contentType = new Header("Content-Type", type);
    List<Header> headers =
        stopping ? List.of(contentType, new Header("Connection", "close")) : List.of(contentType);
    return new Response(status, reason, headers, body);
  }

  /**
   * Stops when nobody asks any more: {@code /health} says so, so that who shares out questions
   * sends them elsewhere; those that still come are answered, and when none has come or been under
   * way for a while, this ends.
   *
   * @param quiet that while
   * @param most how long at most
   */
  void stop(Duration quiet, Duration most) {
    stopping = true;
    long end = System.nanoTime() + most.toNanos();
    lastRequest = System.nanoTime();
    try {
      for (long now = System.nanoTime();
          now - end < 0 && (underWay.get() > 0 || now - lastRequest < quiet.toNanos());
          now = System.nanoTime()) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  /** Stops at once. */
  @Override
  public void close() {
    stopping = true;
    loops.stop();
    try {
      loops.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
