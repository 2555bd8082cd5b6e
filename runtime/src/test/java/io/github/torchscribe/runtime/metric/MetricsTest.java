package io.github.torchscribe.runtime.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics against what scikit-learn 1.7 gives for the same numbers. */
class MetricsTest {
  private static final long[] RIGHT = {0, 1, 2, 2, 1, 0, 2, 1, 0, 4};
  private static final long[] PREDICTED = {0, 2, 2, 1, 1, 0, 2, 1, 2, 0};

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  @ParameterizedTest
  @CsvSource({
    "accuracy, 0.6",
    "precision, 0.4583333333333333",
    "recall, 0.5",
    "F1, 0.47619047619047616"
  })
  void ofDecisions(String name, double expected) {
    Metric metric =
        switch (name) {
          case "accuracy" -> Metrics.accuracy();
          case "precision" -> Metrics.precision();
          case "recall" -> Metrics.recall();
          default -> Metrics.f1();
        };
    assertEquals(name, metric.name());
    for (int again = 0; again < 2; again++) {
      metric.reset();
      metric.update(decided(0, 4));
      metric.update(decided(4, 10));
      assertEquals(expected, metric.value(), 1e-12);
    }
  }

  /** As the classes of torchmetrics 1.8 have {@code higher_is_better}. */
  @Test
  void sayWhichDirectionIsBetter() {
    for (Metric metric :
        List.of(
            Metrics.accuracy(),
            Metrics.topK(2),
            Metrics.precision(),
            Metrics.recall(),
            Metrics.f1(),
            Metrics.confusionMatrix(),
            Metrics.auroc(),
            Metrics.rSquared(),
            Metrics.of("kind", Metrics.f1()))) {
      assertEquals(Optional.of(true), metric.higherIsBetter(), metric::name);
    }
    for (Metric metric : List.of(Metrics.meanAbsoluteError(), Metrics.rootMeanSquaredError())) {
      assertEquals(Optional.of(false), metric.higherIsBetter(), metric::name);
    }
  }

  @Test
  void countsConfusions() {
    ConfusionMatrix matrix = Metrics.confusionMatrix();
    matrix.update(decided(0, 10));
    assertArrayEquals(
        new long[][] {
          {2, 0, 1, 0, 0}, {0, 2, 1, 0, 0}, {0, 1, 2, 0, 0}, {0, 0, 0, 0, 0}, {1, 0, 0, 0, 0}
        },
        matrix.counts());
  }

  @ParameterizedTest
  @CsvSource({"MAE, 0.5625", "RMSE, 0.6846531968814576", "R², 0.9561589072321615"})
  void ofNumbers(String name, double expected) {
    Metric metric =
        switch (name) {
          case "MAE" -> Metrics.meanAbsoluteError();
          case "RMSE" -> Metrics.rootMeanSquaredError();
          default -> Metrics.rSquared();
        };
    assertEquals(name, metric.name());
    Tensor target = torch.tensor(3f, 1, -0.5f, 2, 2, 8, 7, -3).view(4, 2);
    Tensor output = torch.tensor(2.5f, 1, 0, 2.5f, 2, 7, 8, -4).view(4, 2);
    for (int again = 0; again < 2; again++) {
      metric.reset();
      metric.update(numbers(output.narrow(0, 0, 1), target.narrow(0, 0, 1)));
      metric.update(numbers(output.narrow(0, 1, 3), target.narrow(0, 1, 3)));
      assertEquals(expected, metric.value(), 1e-7);
    }
  }

  @Test
  void looksAmongTheHighestScores() {
    Tensor scores = torch.tensor(1f, 3, 2, 9, 8, 7, 4, 5, 6).view(3, 3);
    Tensor target = torch.tensor(2L, 2L, 1L);
    Metric two = Metrics.topK(2);
    two.update(new Outcome(scores, target, new long[3], new long[3]));
    assertEquals("top-2 accuracy", two.name());
    assertEquals(2 / 3.0, two.value(), 1e-12);
  }

  /** As {@code roc_auc_score} of scikit-learn, with {@code multi_class="ovr"} for classes. */
  @Test
  void theAreaUnderTheCurveComparesAllPairs() {
    Metric area = Metrics.auroc();
    assertTrue(Double.isNaN(area.value()));
    float[] scores = {-1.5f, 0.25f, 2, 0.25f, -0.5f, 3, -4, 0.75f};
    long[] yes = {0, 1, 1, 0, 1, 0, 0, 1};
    for (int again = 0; again < 2; again++) {
      area.reset();
      for (int from : new int[] {0, 3}) {
        int to = from == 0 ? 3 : 8;
        Tensor some = torch.tensor(Arrays.copyOfRange(scores, from, to)).view(to - from, 1);
        long[] right = Arrays.copyOfRange(yes, from, to);
        area.update(new Outcome(some, torch.zeros(to - from, 1), right, right));
      }
      assertEquals(0.65625, area.value(), 1e-12);
    }

    area.reset();
    Tensor several = torch.tensor(.1f, .9f, .4f, .3f, .35f, .35f, .8f, .1f).view(4, 2);
    long[] answers = {0, 1, 1, 1, 1, 0, 0, 0};
    area.update(new Outcome(several, torch.zeros(4, 2), answers, answers));
    assertEquals(0.625, area.value(), 1e-12);

    area.reset();
    Tensor logits =
        torch
            .tensor(2, 1, 0, 0.5f, 0.25f, 1, 0, 1, 3, 1, 2, 1.5f, -1, 4, 2, 3, 3, 0, 9, 9, 9)
            .view(7, 3);
    Tensor classes = torch.tensor(0L, 1L, 2L, 2L, 1L, 0L, -100L);
    long[] none = new long[0];
    area.update(new Outcome(logits, classes, none, none, OptionalLong.of(-100)));
    assertEquals(0.8333333333333334, area.value(), 1e-12);
    area.update(
        new Outcome(
            torch.full(new long[] {1, 3}, new Scalar(Double.NaN)), torch.tensor(0L), none, none));
    assertTrue(Double.isNaN(area.value()), "a network that gives no numbers has none");
  }

  @Test
  void refuseWhatTheyAreNotFor() {
    Tensor numbers = torch.randn(2, 1);
    assertEquals(
        "F1 is for networks that decide, but this one's loss takes its outputs for numbers",
        assertThrows(
                IllegalArgumentException.class,
                () -> Metrics.f1().update(numbers(numbers, numbers)))
            .getMessage());
    assertEquals(
        "top-5 accuracy needs scores of at least 5 classes for each example",
        assertThrows(
                IllegalArgumentException.class,
                () -> Metrics.topK(5).update(numbers(numbers, numbers)))
            .getMessage());
    assertEquals(
        "MAE is for networks whose outputs are numbers like their targets",
        assertThrows(
                IllegalArgumentException.class,
                () -> Metrics.meanAbsoluteError().update(numbers(torch.randn(2, 3), numbers)))
            .getMessage());
    assertEquals(
        "output kind: MAE is for networks whose outputs are numbers like their targets",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Metrics.of("kind", Metrics.meanAbsoluteError())
                        .update(numbers(torch.randn(2, 3), numbers)))
            .getMessage());
  }

  private static Outcome decided(int from, int to) {
    return new Outcome(
        null, null, Arrays.copyOfRange(PREDICTED, from, to), Arrays.copyOfRange(RIGHT, from, to));
  }

  private static Outcome numbers(Tensor output, Tensor target) {
    return new Outcome(output, target, new long[0], new long[0]);
  }
}
