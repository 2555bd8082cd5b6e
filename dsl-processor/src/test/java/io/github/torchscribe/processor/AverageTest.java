package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The moving average of a run is PyTorch's ({@code parity/ema.py}), is what others see of it, and
 * goes on with it.
 */
class AverageTest {
  private static final String NET =
      """
      @Network
      @%s
      public interface Net {
        @Linear(6) @Tanh @Frozen
        Tensor body(@Input(4) Tensor x);

        @Linear(5)%s @Tanh
        Tensor neck(Tensor body);

        @Linear(3) @CrossEntropyLoss
        Tensor head(Tensor neck);
      }
      """;

  private static final String SGD = "SGD(lr = 0.5, momentum = 0.9)";

  @TempDir private Path folder;

  private final PointerScope scope = new PointerScope();
  private Fixture fixture;
  private TensorDataset data;

  @BeforeEach
  void read() throws IOException {
    fixture = fixture("sgd");
    data = new TensorDataset(fixture.get("input"), fixture.get("target"));
  }

  @AfterEach
  void free() {
    data.close();
    scope.close();
  }

  private static Fixture fixture(String name) throws IOException {
    Path file = ParityTable.FOLDER.resolve("ema-" + name + ".safetensors");
    return Fixture.read(file, "python parity/ema.py");
  }

  private Model model(String optimizer, String norm, Fixture from) throws IOException {
    Path file = folder.resolve("start.safetensors");
    Map<String, Tensor> start = new LinkedHashMap<>();
    from.tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith("start.")) {
                start.put(name.substring("start.".length()), tensor);
              }
            });
    Safetensors.write(file, start, Map.of());
    Model model = Networks.model(String.format(Locale.ROOT, NET, optimizer, norm), 1);
    model.load(file);
    return model;
  }

  private Model model() throws IOException {
    return model(SGD, " @BatchNorm1d", fixture);
  }

  private static Trainer trainer(Model model) {
    return Trainer.of(model).epochs(2).shuffle(false).ema(0.9);
  }

  /** As the fixture's run: 4 batches in an epoch, which make 2 updates. */
  private static Trainer asInPython(Model model) {
    return trainer(model).batchSize(6).accumulate(2).clipGradNorm(0.5);
  }

  /** Does something after each step. */
  private static TrainingLog after(Consumer<TrainingLog.Step> what) {
    return new TrainingLog() {
      @Override
      public void step(Step step) {
        what.accept(step);
      }
    };
  }

  private static void assertNear(Fixture expected, String prefix, Map<String, Tensor> actual) {
    actual.forEach(
        (name, value) -> {
          Tensor theirs = expected.get(prefix + name).to(torch.ScalarType.Float);
          double difference = theirs.sub(value).abs().max().item_double();
          assertTrue(difference < 1e-5, () -> prefix + name + " differs by " + difference);
        });
  }

  /** Gradients of several batches, clipped, with a norm; LBFGS, whose shares are two. */
  @ParameterizedTest
  @CsvSource({
    "sgd,'SGD(lr = 0.5, momentum = 0.9)',' @BatchNorm1d'",
    "lbfgs,'LBFGS(lr = 0.5, maxIter = 4)',''"
  })
  void isPyTorchs(String name, String optimizer, String norm) throws IOException {
    Fixture expected = fixture(name);
    try (Model model = model(optimizer, norm, expected);
        TensorDataset some = new TensorDataset(expected.get("input"), expected.get("target"))) {
      Trainer trainer = name.equals("sgd") ? asInPython(model) : trainer(model).batchSize(10);
      Map<String, Tensor> learned = new LinkedHashMap<>();
      trainer.log(after(step -> learned.putAll(StateDict.of(model)))); // at last the last's
      History history = trainer.run(some, some);
      assertNear(expected, "average.", StateDict.of(model));
      assertNear(expected, "learned.", learned);
      for (History.Epoch epoch : history.epochs()) {
        double loss = expected.get("losses").select(0, epoch.number()).item_double();
        assertEquals(loss, epoch.evaluation().loss(), 1e-5);
      }
      assertTrue(
          expected.get("start.body.0.weight").equal(StateDict.of(model).get("body.0.weight")));
    }
  }

  /** What is stopped after a batch, of which two make an update, goes on bit for bit. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7})
  void aRunThatGoesOnKnowsBoth(int steps) throws IOException {
    Checkpoints checkpoints = Checkpoints.in(folder.resolve("run"));
    try (Model whole = model();
        Model stopped = model();
        Model other = model()) {
      History expected = asInPython(whole).restoreBest().run(data, data);
      Trainer first = asInPython(stopped).restoreBest().checkpoints(checkpoints);
      int[] left = {steps};
      first.log(
          after(
              step -> {
                if (--left[0] == 0) {
                  first.stop();
                }
              }));
      first.run(data, data);
      History actual =
          asInPython(other).restoreBest().checkpoints(checkpoints).resume().run(data, data);
      StateDict.assertEqual(StateDict.of(whole), StateDict.of(other));
      assertEquals(
          expected.epochs().stream().map(e -> e.evaluation().loss()).toList(),
          actual.epochs().stream().map(e -> e.evaluation().loss()).toList());
    }
  }

  @Test
  void aCheckpointHasTheAverageForOthers() throws IOException {
    Path run = folder.resolve("run");
    try (Model model = model();
        Model other = model()) {
      asInPython(model).checkpoints(Checkpoints.in(run).everySteps(3).keep(9)).run(data, data);
      other.load(run.resolve("step-0000000008.safetensors"));
      StateDict.assertEqual(StateDict.of(model), StateDict.of(other));
      // After 3 batches there was one update, which the average is; a second would have changed it.
      other.load(run.resolve("step-0000000003.safetensors"));
      Map<String, Tensor> atThree = StateDict.of(other);
      try (Model once = model()) {
        Trainer trainer = asInPython(once);
        Map<String, Tensor> afterTwo = new LinkedHashMap<>();
        trainer.log(
            after(
                step -> {
                  if (step.epoch() == 0 && step.number() == 1) {
                    afterTwo.putAll(StateDict.of(once));
                  }
                }));
        trainer.run(data, data);
        assertTrue(afterTwo.get("head.weight").equal(atThree.get("head.weight")));
      }
      Trainer without =
          Trainer.of(other)
              .shuffle(false)
              .checkpoints(Checkpoints.in(run))
              .batchSize(6)
              .resume()
              .accumulate(2);
      String message =
          assertThrows(IllegalArgumentException.class, () -> without.run(data, data)).getMessage();
      assertTrue(message.contains("- moving average 0.9"), message);
    }
  }

  /** The rate is absurd, so that what is learned is far from the average of all of it. */
  @Test
  void whatIsJudgedAndGivenBackIsTheAverage() throws IOException {
    try (Model model = model();
        Model best = model()) {
      Trainer trainer = trainer(model).epochs(6).batchSize(5).learningRate(0.8).restoreBest();
      History history = trainer.run(data, data);
      double lowest =
          history.epochs().stream().mapToDouble(e -> e.evaluation().loss()).min().orElseThrow();
      assertEquals(lowest, model.evaluate(data).loss(), 1e-6);
      Path run = folder.resolve("run");
      trainer(best)
          .epochs(6)
          .batchSize(5)
          .learningRate(0.8)
          .earlyStopping(1)
          .checkpoints(Checkpoints.in(run))
          .run(data, data);
      best.load(run.resolve("best.safetensors"));
      int last = 0;
      List<History.Epoch> epochs = history.epochs();
      while (last + 1 < epochs.size()
          && epochs.get(last + 1).evaluation().loss() < epochs.get(last).evaluation().loss()) {
        last++;
      }
      assertEquals(epochs.get(last).evaluation().loss(), best.evaluate(data).loss(), 1e-6);
    }
  }

  @Test
  void aRunThatFailsLeavesTheAverage() throws IOException {
    try (Model model = model();
        Model same = model()) {
      Trainer trainer = trainer(model).batchSize(5);
      Map<String, Tensor> learned = new LinkedHashMap<>();
      trainer.log(
          after(
              step -> {
                if (step.number() == 2) {
                  learned.putAll(StateDict.of(model));
                  throw new AssertionError("enough");
                }
              }));
      assertThrows(AssertionError.class, () -> trainer.run(data, data));
      Trainer stopped = trainer(same).batchSize(5);
      stopped.log(
          after(
              step -> {
                if (step.number() == 2) {
                  stopped.stop();
                }
              }));
      stopped.run(data, data);
      StateDict.assertEqual(StateDict.of(same), StateDict.of(model));
      assertFalse(learned.get("head.weight").equal(StateDict.of(model).get("head.weight")));
    }
  }

  @Test
  void aDecayOutOfItsRangeIsRefused() throws IOException {
    try (Model model = model()) {
      for (double decay : new double[] {-0.1, 1, Double.NaN}) {
        assertEquals(
            "the decay of the average must be from 0 to less than 1 but is " + decay,
            assertThrows(IllegalArgumentException.class, () -> Trainer.of(model).ema(decay))
                .getMessage());
      }
    }
  }
}
