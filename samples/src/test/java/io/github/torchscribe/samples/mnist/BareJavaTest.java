package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.runtime.report.RunReport;
import io.github.torchscribe.runtime.visdom.Visdom;
import io.github.torchscribe.runtime.visdom.VisdomLogger;
import io.github.torchscribe.samples.tools.InProcesses;
import io.github.torchscribe.samples.tools.Java;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Java runtimes from which jlink has left out what is not needed, above all {@code java.desktop}.
 */
@InProcesses
class BareJavaTest {
  @TempDir private Path folder;

  /** What trains there. */
  static final class Victim {
    private Victim() {}

    /**
     * Trains, with all that can watch.
     *
     * @param args folder
     */
    public static void main(String[] args) {
      Path folder = Path.of(args[0]);
      URI nobody = URI.create("http://127.0.0.1:1");
      try (PointerScope scope = new PointerScope();
          Model model = TinyModel.create()) {
        torch.manual_seed(1);
        Tensor images = torch.rand(50, 1, 4, 4);
        scope.attach(images);
        Tensor classes = torch.randint(3, new long[] {50}).to(torch.ScalarType.Long);
        scope.attach(classes);
        Dataset data = new TensorDataset(images, classes);
        Trainer trainer =
            Trainer.of(model)
                .checkpoints(Checkpoints.in(folder.resolve("checkpoints")))
                .stopOnSignal()
                .log(new ConsoleLog(System.out, System.out))
                .log(RunReport.in(folder.resolve("runs")))
                .log(VisdomLogger.to(Visdom.at(nobody).logToFile(folder.resolve("visdom.log"))));
        trainer.run(data, data);
        model.save(folder.resolve("weights.safetensors"));
        try (Predictor predictor = model.predictor()) {
          predictor.predict(new float[16]);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.base              | java.lang.NoClassDefFoundError: java/util/logging/Logger",
        "java.base,java.logging | no Visdom server at http://127.0.0.1:1/"
      })
  void aRunLosesNothing(String modules, String whyNoVisdom) throws Exception {
    List<String> command = Java.command(Victim.class, folder.toString());
    command.addAll(1, List.of("--limit-modules", modules));
    String said = Java.said(new ProcessBuilder(command), folder.resolve("output"));
    assertTrue(said.contains("Training goes on without Visdom: " + whyNoVisdom), said);
    assertFalse(said.contains("Exception in thread"), said);
    assertFalse(said.contains("goes on without the log"), said);
    assertFalse(said.contains("goes on without a report"), said);
    assertTrue(Safetensors.open(folder.resolve("weights.safetensors")).entries().size() == 2);
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      String page = Files.readString(runs.findFirst().orElseThrow().resolve("report.html"));
      assertTrue(page.contains("\"status\":\"finished\""), said);
      assertTrue(page.contains("data:image/png;base64,"), "its pictures are there, too");
    }
    assertTrue(Files.readString(folder.resolve("visdom.log")).contains("data:image/png;base64,"));
  }
}
