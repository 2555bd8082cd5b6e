package io.github.torchscribe.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.samples.mnist.CnnModel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application as it is deployed: {@code java -jar}, libtorch's libraries in jars in the jar.
 */
class ServiceIT {
  private static final String JSON = "application/json";
  private static final int[] PIXELS = new Random(3).ints(784, 0, 256).toArray();

  @TempDir private Path folder;

  private Service start(Path weights) throws IOException, InterruptedException {
    return new Service(
        folder,
        "--",
        "--serving.weights=" + weights,
        "--serving.follow=50ms",
        "--serving.warm-up=500ms",
        "--serving.drain=4s");
  }

  private Path weights(String name, long seed) {
    Path file = folder.resolve(name);
    try (Model model = CnnModel.create(seed)) {
      model.save(file);
    }
    return file;
  }

  private static byte[] pixels() {
    return json("{\"pixels\": [" + numbers() + "]}");
  }

  private static String numbers() {
    return IntStream.of(PIXELS).mapToObj(String::valueOf).collect(Collectors.joining(","));
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void answersAndTellsOfIt() throws Exception {
    try (Service service = start(weights("weights", 1))) {
      HttpResponse<String> alone = service.post(JSON, pixels());
      assertEquals(200, alone.statusCode(), alone.body());
      assertTrue(
          alone.body().matches("\\{\"digit\":\"(\\d)\",\"likely\":\\[\\{\"label\":\"\\1\",.*"),
          alone.body());
      BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setPixels(0, 0, 28, 28, PIXELS);
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      assertTrue(ImageIO.write(image, "png", png));
      assertEquals(alone.body(), service.post("image/png", png.toByteArray()).body());
      HttpResponse<String> two =
          service.post(JSON, json("{\"images\": [[" + numbers() + "], [" + numbers() + "]]}"));
      assertEquals(2, two.body().split("\"digit\"", -1).length - 1, two.body());

      for (String bad :
          List.of(
              "{\"pixels\": [1]}",
              "{}",
              "nonsense",
              "{\"pixels\": [null]}",
              "{\"images\": [null]}",
              "{\"pixels\": [" + numbers().replaceFirst("\\d+", "256") + "]}",
              "{\"pixels\": [" + numbers().replaceFirst("\\d+", "\"7\"") + "]}",
              "{\"pixels\": [" + numbers().replaceFirst("\\d+", "null") + "]}")) {
        HttpResponse<String> refused = service.post(JSON, json(bad));
        assertEquals(400, refused.statusCode(), bad + " " + refused.body());
      }
      assertEquals(400, service.post("image/png", new byte[] {1, 2}).statusCode());
      assertEquals(415, service.post("text/plain", new byte[] {1, 2}).statusCode());
      assertEquals(413, service.post(JSON, new byte[600_000]).statusCode());

      String health = service.get("/actuator/health").body();
      assertTrue(health.contains("\"predictor\":{\"status\":\"UP\"}"), health);
      assertEquals(200, service.get("/actuator/health/readiness").statusCode());
      String numbers = service.get("/actuator/prometheus").body();
      assertEquals(3, count(numbers, "answered"), numbers);
      assertTrue(numbers.contains("torchscribe_pass_examples_bucket"), numbers);
      assertFalse(service.log().contains("ERROR"), service.log());
      assertFalse(service.log().contains("restricted method"), service.log());
    }
  }

  private static double count(String page, String outcome) {
    return page.lines()
        .filter(line -> line.startsWith("torchscribe_predictions_seconds_count{"))
        .filter(line -> line.contains("\"" + outcome + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Who asks again and again, until told not to; each answer is looked at. */
  private static final class Askers {
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicReference<Throwable> lost = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();

    Askers(Service service, List<String> allowed) {
      for (int t = 0; t < 4; t++) {
        Thread thread =
            new Thread(
                () -> {
                  try {
                    while (!over.get()) {
                      HttpResponse<String> answer = service.post(JSON, pixels());
                      if (answer.statusCode() != 200 || !allowed.contains(answer.body())) {
                        throw new IllegalStateException(answer + ": " + answer.body());
                      }
                      answers.incrementAndGet();
                    }
                  } catch (IOException | InterruptedException | RuntimeException e) {
                    lost.compareAndSet(null, e);
                  }
                });
        threads.add(thread);
        thread.start();
      }
    }

    void await(int more) throws InterruptedException {
      int before = answers.get();
      while (answers.get() < before + more && lost.get() == null) {
        Thread.sleep(1);
      }
    }

    void end() throws InterruptedException {
      over.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      assertNull(lost.get());
    }
  }

  /** The file is replaced ten times: all answers are of one of the two, the last of the last. */
  @Test
  void weightsAreSwappedWhileQuestionsCome() throws Exception {
    Path first = weights("first", 1);
    Path second = weights("second", 2);
    Path file = folder.resolve("weights");
    List<String> answers = new ArrayList<>();
    for (Path some : List.of(second, first)) {
      replace(file, some);
      try (Service service = start(file)) {
        answers.add(0, service.post(JSON, pixels()).body());
        if (some.equals(first)) {
          assertEquals(2, answers.stream().distinct().count());
          Askers askers = new Askers(service, answers);
          for (int i = 1; i <= 10; i++) {
            replace(file, i % 2 == 0 ? first : second);
            while (!service.post(JSON, pixels()).body().equals(answers.get(i % 2))) {
              askers.await(1);
            }
          }
          Files.write(file, new byte[100]);
          askers.await(100);
          askers.end();
          while (!service.log().contains("the weights stay as they are")) {
            Thread.sleep(20);
          }
          assertEquals(answers.get(0), service.post(JSON, pixels()).body());
          String page = service.get("/actuator/prometheus").body();
          assertTrue(page.contains("torchscribe_swaps_seconds_count{model=\"Cnn\"} 10"), page);
        }
      }
    }
  }

  private void replace(Path file, Path by) throws IOException {
    Path beside = folder.resolve("beside");
    Files.copy(by, beside);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** As a load balancer sees it: the probe says no, it sends no more, and nothing is lost. */
  @Test
  void stopsWithoutLosingAQuestion() throws Exception {
    try (Service service = start(weights("weights", 1))) {
      String answer = service.post(JSON, pixels()).body();
      Askers askers = new Askers(service, List.of(answer));
      askers.await(50);
      service.terminate();
      while (service.get("/actuator/health/readiness").statusCode() == 200) {
        Thread.sleep(5);
      }
      askers.await(10); // those that still come are answered
      askers.end();
      assertEquals(143, service.await()); // SIGTERM
      assertFalse(service.log().contains("ERROR"), service.log());
    }
  }
}
