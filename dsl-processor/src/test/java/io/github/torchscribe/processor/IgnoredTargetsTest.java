package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.ClassWeights;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.DivergedException;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.learner.Predictions;
import io.github.torchscribe.runtime.metric.ConfusionMatrix;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.metric.Metrics;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that do not count: as if they were not there. */
class IgnoredTargetsTest {
  private static final int SIZE = 60;
  private static final int CLASSES = 4;

  private final PointerScope scope = new PointerScope();

  @BeforeEach
  void seed() {
    torch.manual_seed(5);
  }

  @AfterEach
  void free() {
    scope.close();
  }

  private static Model model(String loss, String gradient) {
    return Networks.model(
        String.format(
            Locale.ROOT,
            "@Network(input = 6, gradient = Network.Gradient.%s) %s @SGD(lr = 0.1)"
                + " public interface Net {}",
            gradient,
            "@Linear(" + CLASSES + ") " + loss),
        3);
  }

  private static Model model(String loss) {
    return model(loss, "GENERATED");
  }

  /** As torch.nn.CrossEntropyLoss and NLLLoss of 2.10.0 have it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@CrossEntropyLoss",
        "@CrossEntropyLoss(labelSmoothing = 0.2)",
        "@CrossEntropyLoss(weight = {1, 0.2, 3, 1})",
        "@CrossEntropyLoss(weight = {1, 0.2, 3, 1}, labelSmoothing = 0.2)",
        "@LogSoftmax @NLLLoss"
      })
  void aBatchOfWhichNothingCountsHasNoLossAndTeachesNothing(String loss) {
    for (String gradient : List.of("GENERATED", "AUTOGRAD")) {
      try (Model model = model(loss, gradient)) {
        Tensor input = torch.randn(64, 6);
        Tensor target = torch.full(new long[] {64}, new Scalar(-100L), longs());
        Tensor before = copy(model);
        assertTrue(Float.isNaN(model.backward(input, target)), gradient);
        for (Parameter parameter : model.parameters()) {
          assertEquals(0, parameter.gradient().abs().max().item_float(), parameter.name());
        }
        assertTrue(Float.isNaN(model.step(input, target)), gradient);
        assertTrue(before.equal(copy(model)), gradient);
      }
    }
  }

  /** Workers divide the batch; one of them has nothing that counts. */
  @ParameterizedTest
  @ValueSource(strings = {"@CrossEntropyLoss", "@CrossEntropyLoss(labelSmoothing = 0.2)"})
  void countsTheSameHoweverABatchIsDivided(String loss) {
    try (Model generated = model(loss);
        Model autograd = model(loss, "AUTOGRAD")) {
      Tensor input = torch.randn(64, 6);
      Tensor target = torch.randint(CLASSES, new long[] {64}, longs());
      target.narrow(0, 0, 40).fill_(new Scalar(-100L));
      for (int step = 0; step < 3; step++) {
        assertEquals(autograd.step(input, target), generated.step(input, target), 1e-6);
        assertTrue(torch.allclose(copy(autograd), copy(generated), 1e-5, 1e-7, false));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-100, @CrossEntropyLoss",
    "255, @CrossEntropyLoss(ignoreIndex = 255)",
    "1, @CrossEntropyLoss(ignoreIndex = 1)",
    "-1, '@CrossEntropyLoss(ignoreIndex = -1, weight = {1, 0.2, 3, 1})'",
    "255, @LogSoftmax @NLLLoss(ignoreIndex = 255)"
  })
  void evaluatesWhatCounts(long ignored, String loss) {
    Tensor inputs = torch.randn(SIZE, 6);
    Tensor targets = torch.randint(CLASSES, new long[] {SIZE}, longs());
    Tensor some = torch.randperm(SIZE, longs()).narrow(0, 0, SIZE / 3);
    targets.index_fill_(0, some, new Scalar(ignored));
    Tensor counting = targets.ne(new Scalar(ignored)).nonzero().flatten();
    try (Model model = model(loss);
        TensorDataset all = new TensorDataset(inputs, targets);
        TensorDataset left =
            new TensorDataset(
                inputs.index_select(0, counting), targets.index_select(0, counting))) {
      Measured expected = new Measured(model, left, SIZE);
      for (int batchSize : new int[] {SIZE, 7, 1}) {
        Measured measured = new Measured(model, all, batchSize);
        assertEquals(expected.evaluation.loss(), measured.evaluation.loss(), 1e-6);
        assertEquals(expected.evaluation.correct(), measured.evaluation.correct());
        assertEquals(expected.evaluation.decisions(), measured.evaluation.decisions());
        assertEquals(SIZE, measured.evaluation.size());
        for (int i = 0; i < expected.metrics.size(); i++) {
          assertEquals(expected.metrics.get(i).value(), measured.metrics.get(i).value(), 1e-12);
        }
        assertArrayEquals(expected.confusion.counts(), measured.confusion.counts());
      }
      Predictions predictions = Predictions.of(model, all, 7);
      assertEquals(expected.evaluation.decisions(), predictions.counting());
      assertEquals(
          expected.evaluation.decisions() - expected.evaluation.correct(),
          predictions.wrong().length);
      assertArrayEquals(Predictions.of(model, left, 7).confusion(), predictions.confusion());
      assertArrayEquals(
          ClassWeights.balanced(model, left), ClassWeights.balanced(model, all), 1e-12);
    }
  }

  /** What a model comes to on a dataset. */
  private static final class Measured {
    final ConfusionMatrix confusion = Metrics.confusionMatrix();
    final List<Metric> metrics =
        List.of(Metrics.accuracy(), Metrics.topK(2), Metrics.recall(), Metrics.f1(), confusion);
    final Evaluation evaluation;

    Measured(Model model, TensorDataset data, int batchSize) {
      try (DataLoader loader = DataLoader.sequential(data, batchSize, null, model.device())) {
        evaluation = model.evaluate(loader, metrics);
      }
    }
  }

  @Test
  void placesOfAnExampleMayCountOrNot() {
    String network =
        "@Network(input = {5, 6}, gradient = Network.Gradient.GENERATED) @Linear(3)"
            + " @CrossEntropyLoss(dim = -1) @SGD(lr = 0.1) public interface Net {}";
    Tensor targets = torch.randint(3, new long[] {20, 5}, longs());
    targets.narrow(1, 3, 2).fill_(new Scalar(-100L));
    try (Model model = Networks.model(network, 3);
        TensorDataset data = new TensorDataset(torch.randn(20, 5, 6), targets)) {
      History history = Trainer.of(model).epochs(2).batchSize(8).run(data, data);
      assertEquals(60, history.last().evaluation().decisions());
      assertTrue(Double.isFinite(history.last().evaluation().loss()));
    }
  }

  @Test
  void allOfTheDataMayBeIgnored() {
    Tensor targets = torch.full(new long[] {3}, new Scalar(-100L), longs());
    try (Model model = model("@CrossEntropyLoss");
        TensorDataset data = new TensorDataset(torch.randn(3, 6), targets)) {
      Evaluation evaluation = model.evaluate(data);
      assertTrue(Double.isNaN(evaluation.loss()));
      assertEquals(0, evaluation.decisions());
      assertTrue(Double.isNaN(evaluation.accuracy()));
    }
  }

  /** As in PyTorch: the batch has the loss NaN, the gradient 0, and the run goes on. */
  @ParameterizedTest
  @CsvSource({"1, @CrossEntropyLoss, -100", "2, @CrossEntropyLoss(ignoreIndex = 255), 255"})
  void aRunGoesOnAfterABatchOfWhichNothingCounts(int accumulated, String loss, long ignored) {
    Tensor targets = torch.full(new long[] {8}, new Scalar(1L), longs());
    targets.narrow(0, 4, 4).fill_(new Scalar(ignored));
    Tensor inputs = torch.randn(8, 6);
    try (Model model = model(loss);
        Model other = model(loss);
        TensorDataset data = new TensorDataset(inputs, targets);
        TensorDataset left = new TensorDataset(inputs.narrow(0, 0, 4), targets.narrow(0, 0, 4))) {
      Trainer trainer = Trainer.of(model).batchSize(4).epochs(3).shuffle(false);
      History history = trainer.accumulate(accumulated).run(data, data);
      History expected = Trainer.of(other).batchSize(4).epochs(3).shuffle(false).run(left, left);
      assertEquals(expected.last().trainLoss(), history.last().trainLoss(), 1e-6);
      assertEquals(expected.last().evaluation().loss(), history.last().evaluation().loss(), 1e-6);
      assertTrue(torch.allclose(copy(other), copy(model), 1e-5, 1e-7, false));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@CrossEntropyLoss                      | -100 | No target of the epoch counts: the loss ignores"
            + " those that are -100",
        "@CrossEntropyLoss(weight = {0,1,1,1}) | 0    | The targets of this batch that count are of"
            + " classes that weigh 0"
      })
  void saysSoWhenThereIsNothingToLearnFrom(String loss, long target, String message) {
    Tensor targets = torch.full(new long[] {8}, new Scalar(target), longs());
    try (Model model = model(loss);
        TensorDataset data = new TensorDataset(torch.randn(8, 6), targets)) {
      DivergedException thrown =
          assertThrows(
              DivergedException.class, () -> Trainer.of(model).batchSize(4).run(data, data));
      assertTrue(thrown.getMessage().contains(message), thrown::getMessage);
      assertFalse(thrown.getMessage().contains("smaller learning rate"), thrown::getMessage);
    }
  }

  @Test
  void refusesWhatTheLossDoesNotIgnore() {
    Tensor input = torch.randn(2, 6);
    try (Model model = model("@CrossEntropyLoss(ignoreIndex = 255)");
        TensorDataset data = new TensorDataset(input, torch.tensor(0L, -100L));
        TensorDataset large = new TensorDataset(input, torch.tensor(4L, 255L))) {
      assertEquals(
          "Net takes indices from 0 to 3 and 255, which does not count, as targets, but example 1 of"
              + " the batch has -100",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> model.step(input, torch.tensor(255L, -100L)))
              .getMessage());
      assertEquals(
          "the targets of the training data are Long (N), indices from 0 to 0, or -100, which does"
              + " not count, but @CrossEntropyLoss(ignoreIndex = 255) of Net takes Long (N), indices"
              + " from 0 to 3, or 255, which does not count",
          assertThrows(IllegalArgumentException.class, () -> Trainer.of(model).run(data, data))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> Trainer.of(model).run(large, large));
    }
  }

  private static Tensor copy(Model model) {
    Tensor first = model.parameters().get(0).value().flatten();
    return torch.cat(new TensorVector(first, model.parameters().get(1).value().clone()));
  }

  private static TensorOptions longs() {
    return new TensorOptions(torch.ScalarType.Long);
  }
}
