package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An optimizer and a schedule of the user's own: what they step is in ParityTest. */
class OwnOptimizerTest {
  private static final String NET =
      ParityGraphs.named("lion")
              .source()
              .replace(
                  "@Network(input = 6)",
                  "@Network(input = 6) @Halved(every = 3) @Training(seed = 2)")
              .replace("@Lion(lr = 0.01, weightDecay = 0.1)", "@Lion(lr = 0.01)")
              .replace(
                  "public interface Net {",
                  """
              public interface Net {
                final class HalvedOf extends io.github.torchscribe.runtime.optim.Schedule {
                  private final int every;
                  private long asked;

                  public HalvedOf(int every) {
                    super(true);
                    this.every = every;
                  }

                  @Override
                  public double rate(double base, long t) {
                    asked++;
                    return base * Math.pow(0.5, asked / every);
                  }

                  @Override
                  public void save(io.github.torchscribe.runtime.file.State state) {
                    state.put("asked", asked);
                  }

                  @Override
                  public void restore(io.github.torchscribe.runtime.file.State state)
                      throws java.io.IOException {
                    asked = state.whole("asked");
                  }
                }
              """)
          + """
            @Schedule(Net.HalvedOf.class)
            @interface Halved { int every() default 2; }
            """;

  private static Dataset data() {
    torch.manual_seed(5);
    return new TensorDataset(torch.randn(20, 6), torch.rand(20, 3));
  }

  private static List<float[]> weights(Model model) {
    return model.parameters().stream().map(one -> floats(one.value())).toList();
  }

  private static float[] floats(Tensor tensor) {
    float[] all = new float[(int) tensor.numel()];
    tensor.contiguous().data_ptr_float().get(all);
    return all;
  }

  /** What they remember is in the checkpoint, and the names in what is said of the run. */
  @Test
  void aRunGoesOnAsIfItHadNeverStopped(@TempDir Path folder) throws Exception {
    List<Double> rates = new ArrayList<>();
    TrainingLog log =
        new TrainingLog() {
          @Override
          public void step(Step step) {
            rates.add(step.learningRate());
          }
        };
    List<float[]> whole;
    try (Model model = Networks.model(NET, 1);
        Dataset data = data()) {
      assertTrue(
          model.summary().toString().contains("@Lion(lr = 0.01)"), () -> model.summary() + "");
      Trainer.of(model).epochs(4).batchSize(10).log(log).run(data, data);
      whole = weights(model);
    }
    assertEquals(List.of(0.01, 0.01, 0.005, 0.005, 0.005, 0.0025, 0.0025, 0.0025), rates);
    Path checkpoints = Files.createDirectories(folder.resolve("run"));
    try (Model model = Networks.model(NET, 1);
        Dataset data = data()) {
      Trainer.of(model)
          .epochs(2)
          .batchSize(10)
          .checkpoints(Checkpoints.in(checkpoints))
          .run(data, data);
    }
    try (Model model = Networks.model(NET, 3);
        Dataset data = data()) {
      History history =
          Trainer.of(model)
              .epochs(4)
              .batchSize(10)
              .checkpoints(Checkpoints.in(checkpoints))
              .resume()
              .run(data, data);
      assertEquals(4, history.epochs().size());
      List<float[]> resumed = weights(model);
      for (int i = 0; i < whole.size(); i++) {
        assertArrayEquals(whole.get(i), resumed.get(i));
      }
    }
    String other = NET.replace("super(lr, 1)", "super(lr, 2)");
    try (Model model = Networks.model(other, 3);
        Dataset data = data()) {
      Trainer trainer =
          Trainer.of(model)
              .epochs(6)
              .batchSize(10)
              .checkpoints(Checkpoints.in(checkpoints))
              .resume();
      IllegalStateException said =
          assertThrows(IllegalStateException.class, () -> trainer.run(data, data));
      assertEquals(
          "LionOf remembers 2 tensors, but the checkpoint has 1: it is of another version of it",
          said.getMessage());
    }
  }
}
