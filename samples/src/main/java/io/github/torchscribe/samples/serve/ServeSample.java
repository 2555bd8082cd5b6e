package io.github.torchscribe.samples.serve;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.samples.mnist.CnnModel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves a network over HTTP, with a page where one draws a digit and sees the answer. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "A server that says what digit an image shows, and a page to draw one.")
public final class ServeSample implements Callable<Integer> {
  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "The network's weights, as safetensors (default: ${DEFAULT-VALUE}); where there is no such"
              + " file the network is trained for an epoch, and writes it. When the file changes,"
              + " answers come of what it has then.")
  private Path weights = Path.of("runs", "cnn.safetensors");

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "Where it listens (default: ${DEFAULT-VALUE}, this machine alone).")
  private String host = "127.0.0.1";

  @Option(names = "--port", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int port = 8080;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many answer at once (default: as many as there are cores).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Model model = CnnModel.create();
        Predictor predictor = model.predictor()) {
      FollowedFile.Stamp loaded = prepare(model);
      predictor.warmUp(1, Duration.ofSeconds(2));
      predictor.listener(new PredictorMetrics(registry, model.name()));
      try (FollowedFile followed =
          new FollowedFile(weights, loaded, CnnModel::create, predictor, System.out::println)) {
        followed.follow(Duration.ofSeconds(1));
        serve(predictor, registry::scrape);
      }
    }
    return 0;
  }

  /** Until the process is asked to end; then it ends when the last question is answered. */
  private void serve(Predictor predictor, Supplier<String> metrics)
      throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    DigitServer server = new DigitServer(predictor, metrics, address, threads);
    System.out.println("Draw a digit at http://" + host + ":" + server.port() + "/");
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> server.stop(Duration.ofMillis(500), Duration.ofSeconds(20))));
    new CountDownLatch(1).await();
  }

  private FollowedFile.Stamp prepare(Model model) throws IOException {
    if (!Files.exists(weights)) {
      train(model);
    }
    FollowedFile.Stamp loaded = FollowedFile.Stamp.of(weights);
    model.load(weights);
    return loaded;
  }

  private void train(Model model) throws IOException {
    System.out.println("There is no " + weights + " yet: an epoch of training makes it.");
    try (Mnist train = Mnist.train();
        Mnist test = Mnist.test()) {
      Trainer.of(model).epochs(1).log(new ConsoleLog()).run(train, test);
    }
    Files.createDirectories(weights.toAbsolutePath().getParent());
    model.save(weights);
  }
}
