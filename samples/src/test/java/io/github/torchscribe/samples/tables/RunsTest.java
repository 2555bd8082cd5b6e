package io.github.torchscribe.samples.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.ClassWeights;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.DivergedException;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.metric.Metrics;
import io.github.torchscribe.runtime.metric.Outcome;
import io.github.torchscribe.samples.Wrapped;
import java.time.Duration;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a trainer does besides steps: when it ends, what it keeps, what it measures. */
class RunsTest {
  private final PointerScope scope = new PointerScope();
  private final ImbalancedModel model = ImbalancedModel.create();

  @AfterEach
  void free() {
    model.close();
    scope.close();
  }

  /** Three classes, most of the first, that noise makes overlap. */
  private static Dataset points(long seed, long count) {
    torch.manual_seed(seed);
    Tensor classes =
        torch.rand(count).pow(new Scalar(3)).mul(new Scalar(3)).to(torch.ScalarType.Long);
    Tensor inputs = torch.randn(count, 2);
    inputs.select(1, 0).add_(classes);
    return new TensorDataset(inputs, classes);
  }

  @Test
  void endsWhenThereIsNoProgress() {
    Dataset few = points(1, 20);
    Dataset test = points(2, 200);
    Trainer trainer = Trainer.of(model).epochs(1000).learningRate(0.5).earlyStopping(5);
    History history = trainer.run(few, test);
    assertEquals(History.End.NO_PROGRESS, history.end());
    assertEquals(history.best().number() + 5, history.last().number());
  }

  @Test
  void goesBackToTheBestParameters() {
    Dataset few = points(1, 20);
    Dataset test = points(2, 200);
    History history = Trainer.of(model).epochs(100).learningRate(0.5).restoreBest().run(few, test);
    assertTrue(history.best().number() < history.last().number());
    assertEquals(history.best().evaluation().loss(), model.evaluate(test).loss(), 1e-9);
  }

  @Test
  void endsWhenTheTimeIsOverOrMemoryOrSomebodyWantsIt() {
    Dataset data = points(1, 2000);
    Trainer timed = Trainer.of(model).epochs(1_000_000).timeLimit(Duration.ofMillis(50));
    assertEquals(History.End.TIME, timed.run(data, data).end());
    History small = Trainer.of(model).epochs(1000).memoryLimit(1).run(data, data);
    assertEquals(History.End.MEMORY, small.end());
    assertEquals(1, small.epochs().size());
    assertEquals(2000, small.last().evaluation().size());
    Trainer stopped = Trainer.of(model).epochs(1000);
    stopped.log(
        new TrainingLog() {
          @Override
          public void step(Step step) {
            if (step.epoch() == 2 && step.number() == 1) {
              stopped.stop();
            }
          }
        });
    History history = stopped.run(data, data);
    assertEquals(History.End.STOPPED, history.end());
    assertEquals(3, history.epochs().size());
    assertEquals(History.End.COMPLETE, Trainer.of(model).epochs(1).run(data, data).end());
  }

  @Test
  void evaluatesOnAPartThatIsKeptBack() {
    History history = Trainer.of(model).epochs(1).run(points(1, 200), 0.25);
    assertEquals(50, history.last().evaluation().size());
  }

  @Test
  void measuresWhatItIsAskedTo() {
    Dataset data = points(1, 500);
    History.Epoch last =
        Trainer.of(model)
            .epochs(2)
            .metric(Metrics.accuracy())
            .metric(Metrics.topK(2))
            .metric(new Largest())
            .run(data, data)
            .last();
    assertEquals(
        List.of("accuracy", "top-2 accuracy", "largest"), List.copyOf(last.metrics().keySet()));
    assertEquals(last.evaluation().accuracy(), last.metrics().get("accuracy"), 1e-12);
    assertTrue(last.metrics().get("top-2 accuracy") > last.metrics().get("accuracy"));
    assertTrue(Double.isFinite(last.metrics().get("largest")));
  }

  @Test
  void classesWeighAsMuchAsTheyAreTold() {
    Dataset data = points(1, 2000);
    assertArrayEquals(
        new double[] {2, 2, 0.5},
        ClassWeights.balanced(
            new TensorDataset(torch.randn(6, 2), torch.tensor(0L, 1L, 2L, 2L, 2L, 2L))),
        1e-12); // what scikit-learn's compute_class_weight gives
    Metric recall = Metrics.recall();
    double plain = recallAfter(Trainer.of(model).metric(recall), data);
    try (ImbalancedModel other = ImbalancedModel.create()) {
      Trainer balanced = Trainer.of(other).metric(recall).classWeights(ClassWeights.balanced(data));
      double better = recallAfter(balanced, data);
      assertTrue(better > plain + 0.05, plain + " → " + better);
    }
    assertEquals(
        "there are 2 weights, but Imbalanced has 3 classes",
        assertThrows(IllegalArgumentException.class, () -> Trainer.of(model).classWeights(1, 2))
            .getMessage());
    try (DiabetesModel numbers = DiabetesModel.create()) {
      assertEquals(
          "@MSELoss of Diabetes weighs all classes the same; write weights into it, such as weight ="
              + " {1, 1, …}, that others can replace",
          assertThrows(IllegalStateException.class, () -> Trainer.of(numbers).classWeights(1, 2))
              .getMessage());
    }
  }

  @Test
  void classesThatWeighNothingCannotBeToldWhatToWeigh() {
    try (WeightlessModel none = WeightlessModel.create()) {
      assertEquals(
          "@CrossEntropyLoss(weight = {}) of Weightless weighs all classes the same; write weights"
              + " into it, such as weight = {1, 1, …}, that others can replace",
          assertThrows(IllegalStateException.class, () -> Trainer.of(none).classWeights(1, 0.2, 6))
              .getMessage());
    }
  }

  @Test
  void weightsThatReplaceOthersDoAsIfTheyStoodThere() {
    Dataset data = points(1, 100);
    try (WeighedModel stated = WeighedModel.create();
        UnweighedModel told = UnweighedModel.create()) {
      History expected = Trainer.of(stated).run(data, data);
      History actual = Trainer.of(told).classWeights(1, 0.2, 6).run(data, data);
      assertEquals(expected.last().trainLoss(), actual.last().trainLoss(), 1e-6);
      assertEquals(expected.last().evaluation().loss(), actual.last().evaluation().loss(), 1e-6);
    }
  }

  private static double recallAfter(Trainer trainer, Dataset data) {
    return trainer.epochs(20).run(data, data).last().metrics().get("recall");
  }

  @Test
  void namesTheExampleThatIsNoNumber() {
    Dataset bad = new WithNaN(points(1, 200), 137);
    DivergedException thrown =
        assertThrows(
            DivergedException.class, () -> Trainer.of(model).epochs(1).run(bad, points(2, 20)));
    assertTrue(
        thrown
            .getMessage()
            .endsWith(
                "Example 137 of the training data, counted from 0, has NaN or infinity in it; mend"
                    + " it"),
        thrown::getMessage);
  }

  /** Data that nobody checked. */
  private record WithNaN(Dataset data, long bad) implements Wrapped {
    @Override
    public void gather(Tensor indices, Tensor inputs, Tensor targets) {
      data.gather(indices, inputs, targets);
      inputs.masked_fill_(indices.eq(new Scalar(bad)).unsqueeze(1), new Scalar(Double.NaN));
    }
  }

  /** A metric of one's own. */
  private static final class Largest implements Metric {
    private double largest = Double.NEGATIVE_INFINITY;

    @Override
    public String name() {
      return "largest";
    }

    @Override
    public void reset() {
      largest = Double.NEGATIVE_INFINITY;
    }

    @Override
    public void update(Outcome batch) {
      largest = Math.max(largest, batch.output().max().item_double());
    }

    @Override
    public double value() {
      return largest;
    }
  }
}
