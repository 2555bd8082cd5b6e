package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.report.RunReport;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loss that compares the network's own values: the data have no targets. */
class WithoutTargetsTest {
  private static final String NET =
      """
      @Network @SGD(lr = 0.1) @Training(epochs = 3, batchSize = 10, seed = 4)
      public interface Net {
        @Linear({4, 3})
        Tensor a(@Input(4) Tensor anchor);

        @Linear({4, 3})
        Tensor p(@Input(4) Tensor same);

        @Linear({4, 3})
        Tensor n(@Input(4) Tensor other);

        @TripletMarginLoss
        Tensor near(Tensor a, Tensor p, Tensor n);
      }
      """;

  @Test
  void isLearnedFromInputsAlone(@TempDir Path folder) throws IOException {
    torch.manual_seed(3);
    Tensors inputs =
        Tensors.of("anchor", torch.randn(30, 4))
            .and("same", torch.randn(30, 4))
            .and("other", torch.randn(30, 4));
    try (Model model = Networks.model(NET, 4);
        Dataset data = new TensorDataset(inputs, Tensors.none())) {
      History history = Trainer.of(model).log(RunReport.in(folder)).run(data, data);

      double first = history.epochs().get(0).evaluation().loss();
      assertTrue(history.last().evaluation().loss() < first, history::toString);
      assertEquals(0, history.last().evaluation().decisions());
    }
    try (Stream<Path> runs = Files.list(folder)) {
      List<Path> all = runs.toList();
      assertEquals(1, all.size());
      assertTrue(Files.exists(all.get(0).resolve("report.html")), all::toString);
    }
  }
}
