package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.runtime.report.RunReport;
import io.github.torchscribe.runtime.visdom.VisdomLogger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where outputs are numbers nothing says accuracy. */
class RegressionTest {
  @TempDir private Path folder;

  @Test
  void learnsToMultiplyAndIsLoggedWithoutAccuracy() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ProductModel model = ProductModel.create();
        Dataset data = products(500);
        Dataset test = products(100)) {
      Evaluation result =
          Trainer.of(model)
              .log(new ConsoleLog(new PrintStream(out, true, StandardCharsets.UTF_8)))
              .log(RunReport.in(folder))
              .log(VisdomLogger.to(URI.create("http://127.0.0.1:1")))
              .run(data, test)
              .last()
              .evaluation();
      assertTrue(result.loss() < 0.01, result::toString);
      assertEquals(0, result.decisions());
      assertTrue(result.toString().matches("Evaluation\\[loss=0\\.00\\d+, size=100\\]"));
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> model.predict(torch.randn(3, 2)));
      assertEquals(
          "this network's loss takes its outputs for numbers, not for classes: use forward",
          e.getMessage());
    }
    assertFalse(
        out.toString(StandardCharsets.UTF_8).contains("Accuracy"),
        () -> out.toString(StandardCharsets.UTF_8));
    try (Stream<Path> runs = Files.list(folder)) {
      String page = Files.readString(runs.findFirst().orElseThrow().resolve("report.html"));
      assertTrue(page.contains("\"status\":\"finished\""));
      assertTrue(page.contains("\"testAccuracy\":{\"x\":[],\"y\":[]}"));
    }
  }

  private static Dataset products(long count) {
    Tensor inputs = torch.rand(count, 2);
    return new TensorDataset(inputs, inputs.select(1, 0).mul(inputs.select(1, 1)).view(count, 1));
  }
}
