package io.github.torchscribe.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.data.Transformed;
import io.github.torchscribe.runtime.generated.Blueprint;
import io.github.torchscribe.runtime.learner.DivergedException;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.metric.Metrics;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The course of a run, with a model whose steps are computed here once more: {@link LineModel}. */
@Timeout(60)
class TrainerTest {
  private static final float[] X = {0.5f, -1, 2, 0.25f, 1.5f, -0.75f, 1};
  private static final float[] Y = {2, -1, 5, 1.5f, 4, -0.5f, 3}; // 2·x + 1

  private final Dataset data = LineModel.data(X, Y);
  private final Dataset test = LineModel.data(new float[] {0, 1}, 1, 3);
  private final Model model = LineModel.create();
  private final Trainer trainer = Trainer.of(model);

  @AfterEach
  void close() {
    model.close();
    test.close();
    data.close();
  }

  /** Gradient descent on paper. */
  private static final class Line {
    double w = 1;
    double b;
    double lr = 0.1;

    double step(int from, int to) {
      double loss = 0;
      double dw = 0;
      double db = 0;
      for (int i = from; i < to; i++) {
        double error = w * X[i] + b - Y[i];
        loss += error * error / (to - from);
        dw += 2 * error * X[i] / (to - from);
        db += 2 * error / (to - from);
      }
      w -= lr * dw;
      b -= lr * db;
      return loss;
    }

    double[] both() {
      return new double[] {w, b};
    }

    double testLoss() {
      return (Math.pow(b - 1, 2) + Math.pow(w + b - 3, 2)) / 2;
    }
  }

  private double[] parameters() {
    return model.parameters().stream().mapToDouble(p -> p.value().item_float()).toArray();
  }

  @Test
  void goesThroughTheDataAsTheNetworkSays() {
    History history = trainer.run(data, test);

    Line line = new Line();
    for (History.Epoch epoch : history.epochs()) {
      double mean = (line.step(0, 4) + line.step(4, 7)) / 2; // of the steps, not of the examples
      assertEquals(mean, epoch.trainLoss(), 1e-5);
      assertEquals(line.testLoss(), epoch.evaluation().loss(), 1e-5);
    }
    assertEquals(2, history.epochs().size());
    assertEquals(History.End.COMPLETE, history.end());
    assertArrayEquals(line.both(), parameters(), 1e-5);
  }

  /** Where a step updates weights without a gradient, too. */
  @Test
  void averagesWhatIsLearned() {
    Line line = new Line();
    double w = 0;
    double b = 0;
    double[] losses = new double[2];
    for (int i = 0; i < 4; i++) {
      line.step(i % 2 * 4, 4 + i % 2 * 3);
      w = i == 0 ? line.w : 0.8 * w + 0.2 * line.w;
      b = i == 0 ? line.b : 0.8 * b + 0.2 * line.b;
      losses[i / 2] = (Math.pow(b - 1, 2) + Math.pow(w + b - 3, 2)) / 2;
    }

    History history = trainer.ema(0.8).run(data, test);

    assertArrayEquals(new double[] {w, b}, parameters(), 1e-5);
    for (History.Epoch epoch : history.epochs()) {
      assertEquals(losses[epoch.number()], epoch.evaluation().loss(), 1e-5);
    }
  }

  /** As a target network does after each step, where nothing is remembered besides. */
  @Test
  void followsAnotherModel() {
    try (Model follower = LineModel.create()) {
      trainer.run(data, test);
      double[] there = parameters();

      follower.copyFrom(model, 0.25);

      double[] here =
          follower.parameters().stream().mapToDouble(p -> p.value().item_float()).toArray();
      assertArrayEquals(new double[] {0.75 + there[0] / 4, there[1] / 4}, here, 1e-6);
    }
  }

  @Test
  void whatItIsToldGoesBeforeWhatTheNetworkSays() {
    trainer.epochs(3).batchSize(5).dropLast(true).learningRate(0.05).run(data, test);

    Line line = new Line();
    line.lr = 0.05;
    for (int epoch = 0; epoch < 3; epoch++) {
      line.step(0, 5);
    }
    assertArrayEquals(line.both(), parameters(), 1e-5);
  }

  @Test
  void aBatchIsNoLargerThanTheData() {
    trainer.epochs(1).batchSize(100).run(data, test);

    Line line = new Line();
    line.step(0, 7);
    assertArrayEquals(line.both(), parameters(), 1e-5);
  }

  @Test
  void logsAreToldOfAllInItsOrder() {
    List<String> told = new ArrayList<>();
    trainer
        .log(
            new TrainingLog() {
              @Override
              public void began(Run run) {
                told.add("began " + run.epochs() + " × " + run.batchSize());
              }

              @Override
              public void step(Step step) {
                told.add("step " + step.epoch() + "." + step.number() + " of " + step.batchSize());
              }

              @Override
              public void epoch(History.Epoch epoch) {
                told.add("epoch " + epoch.number());
              }

              @Override
              public void ended(Optional<Throwable> failure) {
                told.add("ended " + failure.isPresent());
              }
            })
        .run(data, test);

    assertEquals(
        List.of(
            "began 2 × 4",
            "step 0.0 of 4",
            "step 0.1 of 3",
            "epoch 0",
            "step 1.0 of 4",
            "step 1.1 of 3",
            "epoch 1",
            "ended false"),
        told);
  }

  @Test
  void aLogMayStopTheRunAfterTheStepThatIsBeingDone() {
    trainer.log(
        new TrainingLog() {
          @Override
          public void step(Step step) {
            trainer.stop();
          }
        });
    History history = trainer.run(data, test);

    Line line = new Line();
    assertEquals(line.step(0, 4), history.last().trainLoss(), 1e-5);
    assertEquals(History.End.STOPPED, history.end());
    assertArrayEquals(line.both(), parameters(), 1e-5);
  }

  @Test
  void patienceAndTheBestWeights() {
    // What is learned moves away from what is tested: the first epoch is the best.
    Dataset other = LineModel.data(new float[] {0, 1}, 0, 1);
    try (other) {
      History history =
          trainer.epochs(50).batchSize(7).earlyStopping(3).restoreBest().run(data, other);

      Line line = new Line();
      line.step(0, 7);
      assertEquals(4, history.epochs().size());
      assertEquals(History.End.NO_PROGRESS, history.end());
      assertArrayEquals(line.both(), parameters(), 1e-5);
    }
  }

  @Test
  void aTimeLimitEndsItAfterAStep() {
    History history = trainer.epochs(1000).timeLimit(Duration.ofNanos(1)).run(data, test);

    assertEquals(History.End.TIME, history.end());
    assertEquals(1, history.epochs().size());
  }

  @Test
  void stepsThatAreTooLargeSayWhatMayHelp() {
    float[] huge = new float[X.length];
    Arrays.fill(huge, 1e30f);
    try (Dataset wild = LineModel.data(huge, Y)) {
      DivergedException e = assertThrows(DivergedException.class, () -> trainer.run(wild, test));
      assertEquals(0, e.epoch());
      assertEquals(0, e.step());
      assertTrue(e.getMessage().contains("Try a smaller learning rate"), e.getMessage());
    }
  }

  @Test
  void anExampleThatIsBrokenIsNamed() {
    Dataset broken =
        new Transformed(
            data,
            0,
            (inputs, random) ->
                inputs.masked_fill(inputs.eq(new Scalar(X[5])), new Scalar(Float.NaN)));
    DivergedException e = assertThrows(DivergedException.class, () -> trainer.run(broken, test));
    assertEquals(1, e.step());
    assertTrue(e.getMessage().contains("Example 5 of the training data"), e.getMessage());
  }

  @Test
  void dataThatDoNotFitAreRefusedBeforeTheFirstStep() {
    try (Dataset wide = new TensorDataset(torch.ones(4, 2), torch.ones(4, 1));
        Dataset classes = new TensorDataset(torch.ones(4, 1), torch.tensor(0L, 1L, 0L, 1L))) {
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> trainer.run(wide, test))
              .getMessage()
              .startsWith("the examples of the training data are "));
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> trainer.run(data, classes))
              .getMessage()
              .startsWith("the targets of the test data are "));
    }
    assertArrayEquals(new double[] {1, 0}, parameters());
  }

  @Test
  void whoHasNoOptimizerDoesNotLearn() {
    try (Model idle =
        LineModel.create(
            Blueprint.of("Idle", Workload.MATRIX_PRODUCTS)
                .input(TensorSpec.numbers(1))
                .output(1)
                .parameter("0.weight", 0, 1, 1)
                .parameter("0.bias", 1, 1)
                .floatsPerExample(16, 32),
            new LineModel.Behaviour())) {
      assertEquals(
          "Idle has no optimizer: annotate it, for example with @SGD(lr = 1e-2)",
          assertThrows(IllegalStateException.class, () -> Trainer.of(idle).run(data, test))
              .getMessage());
    }
  }

  @Test
  void aMetricWhoseNameAnotherHasIsRefused() {
    Trainer trainer = Trainer.of(model).metric("kind", Metrics.f1()).metric("tone", Metrics.f1());
    assertEquals(
        "there is already a metric called kind F1: one would hide the other",
        assertThrows(IllegalArgumentException.class, () -> trainer.metric("kind", Metrics.f1()))
            .getMessage());
  }
}
