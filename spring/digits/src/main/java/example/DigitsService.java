package example;

import io.github.torchscribe.runtime.*;
import io.github.torchscribe.runtime.data.*;
import io.micrometer.core.instrument.*;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.*;

@SpringBootApplication
public class DigitsService {
  public static void main(String[] args) {
    SpringApplication.run(DigitsService.class, args);
  }

  @Bean
  HealthIndicator digitsHealthIndicator(Served served) {
    return () ->
        served.predictor.trouble()
            .map(why -> Health.down().withDetail("trouble", why).build())
            .orElseGet(() -> Health.up().build());
  }
}

/** Who answers, and the model that it answers by: whoever swaps closes the one before, the end closes the last. */
@Component
@Endpoint(id = "weights")
class Served implements AutoCloseable {
  final Predictor predictor;
  private final Path file;
  private Model model;

  Served(@Value("${digits.weights}") Path file, MeterRegistry registry) {
    Timer answers = registry.timer("digits.answers");
    Counter failures = registry.counter("digits.failures");
    this.file = file;
    model = DigitsModel.create().load(file);
    predictor =
        model.predictor()
            .warmUp(1, Duration.ofSeconds(3)) // before the server listens
            .listener(
                new PredictionListener() {
                  @Override
                  public void answered(int examples, long nanos) {
                    answers.record(nanos, TimeUnit.NANOSECONDS);
                  }

                  @Override
                  public void failed(int examples, long nanos, Throwable why) {
                    failures.increment();
                  }
                });
  }

  /** {@code POST /actuator/weights}: answers come of what the file has now. */
  @WriteOperation
  public synchronized String swap() {
    Model next = DigitsModel.create();
    Model old;
    try {
      old = predictor.swap(next.load(file));
    } catch (RuntimeException e) {
      next.close(); // the file cannot be read or does not fit: the old weights go on answering
      throw e;
    }
    model = next;
    old.close();
    return "answers come of " + file + " as it is now";
  }

  /** Spring calls it at the end, when all questions have been answered. */
  @Override
  public synchronized void close() {
    predictor.close();
    model.close();
  }
}

@RestController
class DigitsController {
  private static final List<String> NAMES = IntStream.range(0, 10).mapToObj(String::valueOf).toList();
  private static final double MEAN = 0.1307; // those of training: Mnist.train() is normalised so
  private static final double STD = 0.3081;

  private final Predictor predictor;

  DigitsController(Served served) {
    predictor = served.predictor;
  }

  /** An image of 28 × 28 numbers from 0 to 255, row by row, white on black. */
  record Question(float[] pixels) {}

  @PostMapping(path = "/predict", consumes = "application/json")
  List<Predictor.Ranked> predict(@RequestBody Question question) {
    if (question.pixels() == null) {
      throw new IllegalArgumentException("there are no 'pixels'");
    }
    float[] example = new float[question.pixels().length];
    for (int i = 0; i < example.length; i++) {
      example[i] = (float) ((question.pixels()[i] / 255 - MEAN) / STD);
    }
    return predictor.topK(example, 3, NAMES);
  }

  @PostMapping(path = "/predict", consumes = {"image/png", "image/jpeg"})
  List<Predictor.Ranked> predict(@RequestBody byte[] file) {
    BufferedImage picture;
    try {
      picture = PictureFile.read(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    Transform normalize = Transforms.normalize(new double[] {MEAN}, new double[] {STD});
    float[] scores = predictor.predict(List.of(picture), normalize)[0];
    return Predictor.Ranked.likeliest(scores, 3, NAMES);
  }

  /** What is wrong with a question is for who asked; all else is the server's own. */
  @ExceptionHandler(IllegalArgumentException.class)
  ProblemDetail refused(IllegalArgumentException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
  }
}
