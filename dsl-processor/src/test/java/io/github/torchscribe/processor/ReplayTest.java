package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Steps that are replayed give what steps give that are done one operation at a time. On the
 * processor, where nothing is replayed, the same way is gone without a graph; with {@code
 * -Dtest.device=cuda} graphs are recorded.
 */
class ReplayTest {
  private static final String SETTING = "torchscribe.graphs";

  private static final String BODY =
      """
      public interface Net {
        @Linear(16) @BatchNorm1d @ReLU %s
        Tensor body(@Input(8) Tensor x);

        @Linear(%s) %s
        Tensor head(Tensor body);
      }
      """;

  private static final List<String> OPTIMIZERS =
      List.of(
          "@SGD(lr = 0.1)",
          "@SGD(lr = 0.05, momentum = 0.9, dampening = 0.1, weightDecay = 1e-3)",
          "@SGD(lr = 0.05, momentum = 0.9, nesterov = true)",
          "@Adam(lr = 0.01, amsgrad = true)",
          "@AdamW(lr = 0.01) @Training(batchSize = 9, decayBiases = false)",
          "@NAdam(lr = 0.01)",
          "@RMSprop(lr = 1e-3, momentum = 0.9, centered = true)",
          "@Adagrad(lr = 0.05, lrDecay = 0.01)",
          "@Adadelta",
          "@SGD(lr = 0.1) @StepLR(stepSize = 2, gamma = 0.5)",
          "@AdamW(lr = 0.01) @OneCycleLR(maxLr = 0.05)",
          "@SGD(lr = 0.1, momentum = 0.9) @CosineAnnealingLR(tMax = 10)");

  /**
   * What a GPU has operations of its own for: products that end in a ReLU, and many small copies.
   */
  private static final String LAYERS =
      """
      @Network(input = 8)
      @Linear(16) @ReLU @Linear(24) @ReLU @LayerNorm
      @Reshape({6, 4}) @SelfAttention(heads = 2, causal = true) @LayerNorm @Linear(4) @ReLU
      @Reshape({2, 4, 3}) @Conv2d(value = {2, 6}, kernelSize = 3, padding = 1) @BatchNorm2d @ReLU
      @Conv2d(value = {6, 4}, kernelSize = 3, padding = 1) @Flatten
      @Linear(3) @CrossEntropyLoss(labelSmoothing = 0.1)
      @SGD(lr = 0.002, momentum = 0.9)
      public interface Net {}
      """;

  /** What autograd differentiates in the middle of steps. */
  private static final String RECURRENT =
      """
      @Network(input = 8)
      @Reshape({4, 2}) @LSTM(5) @Flatten @Linear(3) @CrossEntropyLoss
      @SGD(lr = 0.1, momentum = 0.9)
      public interface Net {}
      """;

  private static String network(String optimizer, String more) {
    return network(optimizer, more, 3, "@CrossEntropyLoss");
  }

  private static String network(String optimizer, String more, int outputs, String loss) {
    return String.format(Locale.ROOT, "@Network\n" + optimizer + "\n" + BODY, more, outputs, loss);
  }

  /**
   * So many of a deep network's steps alike: then rounding has brought some ReLU to another side.
   */
  private static final int OF_DEEP_ONES = 40;

  private record Case(String name, String declaration, UnaryOperator<Trainer> asked) {
    int steps() {
      return declaration.equals(LAYERS) ? OF_DEEP_ONES : 200;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    List<Case> all = new ArrayList<>();
    OPTIMIZERS.forEach(one -> all.add(new Case(one, network(one, ""), UnaryOperator.identity())));
    String adam = "@AdamW(lr = 0.01)";
    String sgd = "@SGD(lr = 0.1)";
    all.add(new Case("dropout", network(adam, "@Dropout(0.3)"), UnaryOperator.identity()));
    all.add(new Case("clipped", network(adam, ""), it -> it.clipGradNorm(0.1)));
    all.add(new Case("clipped values", network(sgd, ""), it -> it.clipGradValue(0.01)));
    all.add(new Case("accumulated", network(adam, ""), it -> it.accumulate(3)));
    all.add(new Case("averaged", network(adam, ""), it -> it.ema(0.9)));
    all.add(new Case("frozen", network(adam, ""), it -> it.freeze("body")));
    all.add(new Case("rates", network(adam, ""), it -> it.learningRate("head", 0.1)));
    all.add(
        new Case(
            "smoothed",
            network(adam, "", 3, "@CrossEntropyLoss(labelSmoothing = 0.1)"),
            UnaryOperator.identity()));
    all.add(new Case("layers", LAYERS, UnaryOperator.identity()));
    all.add(new Case("accumulated layers", LAYERS, it -> it.accumulate(2).clipGradNorm(1)));
    all.add(new Case("layers that are frozen", LAYERS, it -> it.freeze("0", "2")));
    all.add(new Case("recurrent", RECURRENT, UnaryOperator.identity()));
    return all.stream();
  }

  @BeforeAll
  static void prepare() {
    Networks.prepare(cases().map(Case::declaration));
  }

  @AfterEach
  void asUsual() {
    System.clearProperty(SETTING);
  }

  private static TensorDataset data() {
    torch.manual_seed(5);
    return new TensorDataset(
        torch.randn(new long[] {70, 8}),
        torch.randint(3, new long[] {70}, new TensorOptions(torch.ScalarType.Long)));
  }

  private static void replay(boolean replays) {
    System.setProperty(SETTING, !replays ? "off" : TestDevice.isGpu() ? "on" : "emulated");
  }

  /** The losses of all steps: epochs of seven full batches and one of two examples less. */
  private static List<Float> losses(Case some, boolean replays) {
    replay(replays);
    List<Float> losses = new ArrayList<>();
    try (TensorDataset data = data();
        Model model = Networks.model(some.declaration, 3)) {
      TrainingLog log =
          new TrainingLog() {
            @Override
            public void step(Step step) {
              losses.add(step.loss());
            }
          };
      some.asked
          .apply(Trainer.of(model).epochs(some.steps() / 8).batchSize(9))
          .log(log)
          .run(data, data);
    }
    return losses;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void replayedStepsAreThoseThatAreDone(Case some) {
    List<Float> done = losses(some, false);
    List<Float> replayed = losses(some, true);
    assertEquals(some.steps(), done.size());
    for (int i = 0; i < done.size(); i++) {
      float expected = done.get(i);
      assertEquals(expected, replayed.get(i), 1e-5 * Math.max(1, expected), "step " + i);
    }
    assertNotEquals(done.get(0), done.get(8), "it learns");
  }

  /**
   * With weights that change in between, and a batch that is smaller. By plain descent: Adam makes
   * steps of what rounding leaves of a gradient that is 0, as that of a bias before a batch norm.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void replayedEvaluationsAreThoseThatAreDone(boolean averages) {
    String declaration = network("@SGD(lr = 0.1)", "@Dropout(0.3)");
    List<List<Evaluation>> seen = new ArrayList<>();
    for (boolean replays : new boolean[] {false, true}) {
      replay(replays);
      List<Evaluation> all = new ArrayList<>();
      try (TensorDataset data = data();
          Model model = Networks.model(declaration, 3)) {
        TrainingLog log =
            new TrainingLog() {
              @Override
              public void epoch(History.Epoch epoch) {
                all.add(epoch.evaluation());
              }
            };
        Trainer trainer = Trainer.of(model).epochs(6).batchSize(9).log(log);
        (averages ? trainer.ema(0.9) : trainer).run(data, data);
        all.add(model.evaluate(data));
      }
      seen.add(all);
    }
    assertEquals(7, seen.get(0).size());
    for (int i = 0; i < 7; i++) {
      Evaluation done = seen.get(0).get(i);
      Evaluation replayed = seen.get(1).get(i);
      assertEquals(done.loss(), replayed.loss(), 1e-5 * Math.max(1, done.loss()), "epoch " + i);
      assertEquals(done.correct(), replayed.correct(), "epoch " + i);
      assertEquals(done.size(), replayed.size());
    }
    assertNotEquals(seen.get(0).get(0).loss(), seen.get(0).get(5).loss(), "it learns");
  }

  /** A checkpoint puts an optimizer's memory elsewhere than where a recording finds it. */
  @Test
  void goesOnFromACheckpoint(@TempDir Path folder) {
    Case some = new Case("", network("@AdamW(lr = 0.01)", "@Dropout(0.3)"), it -> it);
    replay(true);
    try (TensorDataset data = data();
        Model whole = Networks.model(some.declaration, 3);
        Model parts = Networks.model(some.declaration, 3)) {
      Trainer.of(whole).epochs(8).batchSize(9).run(data, data);
      Trainer.of(parts).epochs(5).batchSize(9).checkpoints(Checkpoints.in(folder)).run(data, data);
      Trainer.of(parts)
          .epochs(8)
          .batchSize(9)
          .checkpoints(Checkpoints.in(folder))
          .resume()
          .run(data, data);
      for (int i = 0; i < whole.parameters().size(); i++) {
        assertTrue(
            whole.parameters().get(i).value().equal(parts.parameters().get(i).value()),
            whole.parameters().get(i).name());
      }
    }
  }

  /** By hand: batches of any sizes, and rates that somebody sets. */
  @Test
  void takesWhatComes() {
    String declaration = network("@SGD(lr = 0.1)", "");
    try (Model one = Networks.model(declaration, 3);
        Model other = Networks.model(declaration, 3)) {
      torch.manual_seed(5);
      for (int i = 0; i < 40; i++) {
        long n = i % 5 == 4 ? 2 + i % 7 : 6;
        Tensor x = TestDevice.there(torch.randn(new long[] {n, 8}));
        Tensor y =
            TestDevice.there(
                torch.randint(3, new long[] {n}, new TensorOptions(torch.ScalarType.Long)));
        if (i == 12 || i == 30) {
          one.learningRate(1.0 / i);
          other.learningRate(1.0 / i);
        }
        replay(false);
        float done = one.step(x, y);
        replay(true);
        assertEquals(done, other.step(x, y), 1e-5, "step " + i);
      }
    }
  }
}
