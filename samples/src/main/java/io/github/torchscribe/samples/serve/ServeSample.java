package io.github.torchscribe.samples.serve;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.samples.mnist.CnnModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
              + " file the network is trained for an epoch, and writes it.")
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
    try (Model model = CnnModel.create();
        Predictor predictor = model.predictor()) {
      prepare(model);
      DigitServer server = new DigitServer(predictor, new InetSocketAddress(host, port), threads);
      System.out.println("Draw a digit at http://" + host + ":" + server.port() + "/");
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private void prepare(Model model) throws IOException {
    if (Files.exists(weights)) {
      model.load(weights);
      return;
    }
    System.out.println("There is no " + weights + " yet: an epoch of training makes it.");
    try (Mnist train = Mnist.train();
        Mnist test = Mnist.test()) {
      Trainer.of(model).epochs(1).log(new ConsoleLog()).run(train, test);
    }
    Files.createDirectories(weights.toAbsolutePath().getParent());
    model.save(weights);
  }
}
