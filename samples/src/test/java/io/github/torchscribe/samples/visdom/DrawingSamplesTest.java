package io.github.torchscribe.samples.visdom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.torchscribe.runtime.visdom.Visdom;
import io.github.torchscribe.samples.mnist.MnistTensorsSample;
import io.github.torchscribe.samples.mnist.VisdomSample;
import io.github.torchscribe.samples.tutorial.ActivationsSample;
import io.github.torchscribe.samples.tutorial.LogisticRegressionSample;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the samples draw arrives in the real server. */
@Timeout(120)
class DrawingSamplesTest {
  @TempDir private static Path folder;
  private static RealVisdom server;

  @BeforeAll
  static void start() throws Exception {
    server = RealVisdom.start(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      assertFalse(server.log().contains("Traceback"), server::log);
      server.stop();
    }
  }

  @Test
  void visdom() {
    run(new VisdomSample(), "--epochs", "1", "--env", "drawn", "--server", "" + server.address());
    try (Visdom viz = Visdom.at(server.address()).env("drawn").connect()) {
      assertEquals(300 / 25, lines(viz, "train_loss").get(0).get("y").size());
      JsonNode test = lines(viz, "test");
      assertEquals("loss", test.get(0).get("name").asText());
      assertEquals("accuracy", test.get(1).get("name").asText());
      assertEquals("[0.0,1.0]", test.get(1).get("x").toString());
      double accuracy = test.get(1).get("y").get(1).asDouble();
      assertEquals(0.9037, accuracy, 0.0015); // Python's program after its first epoch
      assertEquals("image", RealVisdom.windowData(viz, "images").get("type").asText());
      String predictions = RealVisdom.windowData(viz, "predictions").get("content").asText();
      assertTrue(predictions.startsWith("<pre>7  2  1  0  4  1"), predictions);
    }
  }

  @Test
  void activations() {
    run(new ActivationsSample(), "--no-report", "--visdom=" + server.address());
    try (Visdom viz = Visdom.at(server.address()).connect()) {
      JsonNode sigmoid = lines(viz, "activation Sigmoid");
      assertEquals(81, sigmoid.get(0).get("y").size());
      assertEquals(0.25, sigmoid.get(1).get("y").get(40).asDouble());
      JsonNode gradients = lines(viz, "gradients");
      assertEquals(6, gradients.size());
      assertEquals("[1.0,2.0,3.0,4.0,5.0,6.0]", gradients.get(0).get("x").toString());
      assertTrue(gradients.get(0).get("y").get(0).asDouble() < 1e-5, "Sigmoid's vanishes");
      assertTrue(gradients.get(2).get("y").get(0).asDouble() > 1e-5, "ReLU's does not");
      assertEquals(6, lines(viz, "accuracies").get(0).get("y").size());
    }
  }

  @Test
  void mnistTensors() {
    run(new MnistTensorsSample(), "--epochs", "1", "--no-report", "--visdom=" + server.address());
    try (Visdom viz = Visdom.at(server.address()).connect()) {
      assertEquals(300, lines(viz, "train_loss").get(0).get("y").size());
      assertEquals(10, lines(viz, "confusion").get(0).get("z").size());
    }
  }

  @Test
  void logisticRegression() {
    run(
        new LogisticRegressionSample(),
        "--epochs",
        "2",
        "--no-report",
        "--visdom=" + server.address());
    try (Visdom viz = Visdom.at(server.address()).connect()) {
      assertEquals(120, lines(viz, "train_loss").get(0).get("y").size());
      JsonNode confusion = lines(viz, "confusion").get(0).get("z");
      assertEquals(2, confusion.size());
      double right = confusion.get(0).get(0).asDouble() + confusion.get(1).get(1).asDouble();
      assertEquals(1911, right);
    }
  }

  private static void run(Callable<Integer> sample, String... arguments) {
    assertEquals(0, new CommandLine(sample).execute(arguments));
  }

  private static JsonNode lines(Visdom viz, String win) {
    return RealVisdom.windowData(viz, win).get("content").get("data");
  }
}
