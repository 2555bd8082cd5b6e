package io.github.torchscribe.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.runtime.Runs;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.metric.Metrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricCheckTest {
  private static final Learner ONE = Runs.of(1, 1, 3).learner();
  private static final Learner THREE = Runs.ofParts(1, 1, 3).learner();

  @Test
  void letsThroughWhatCanBeMeasured() {
    List<Metric> some =
        List.of(
            Metrics.of("kind", Metrics.f1()),
            Metrics.of("tone", Metrics.topK(2)),
            Metrics.of("price", Metrics.rSquared()));
    assertEquals(List.of("kind F1", "tone top-2 accuracy", "price R²"), names(some));
    assertDoesNotThrow(() -> new MetricCheck(THREE).require(some));
    assertDoesNotThrow(() -> new MetricCheck(ONE).require(List.of(Metrics.f1())));
  }

  private static List<String> names(List<Metric> metrics) {
    return metrics.stream().map(Metric::name).toList();
  }

  @Test
  void refusesTheRest() {
    assertRefused(
        "the metric price F1 is of decisions, but the loss of price takes its outputs for numbers,"
            + " not for classes",
        THREE,
        Metrics.of("price", Metrics.f1()));
    assertRefused(
        "the metric cost R² is of \"cost\", but those outputs that have a loss are kind, tone,"
            + " price",
        THREE,
        Metrics.of("cost", Metrics.rSquared()));
    assertRefused(
        "say which output the metric F1 is of, with metric(\"kind\", …): those that have a loss are"
            + " kind, tone, price",
        THREE,
        Metrics.f1());
    assertRefused(
        "say which output the metric R² is of, with metric(\"price\", …): those that have a loss are"
            + " kind, tone, price",
        THREE,
        Metrics.rSquared());
    assertRefused(
        "the metric kind F1 is of an output, but this network has a single loss: leave the name"
            + " away",
        ONE,
        Metrics.of("kind", Metrics.f1()));
  }

  private static void assertRefused(String message, Learner learner, Metric metric) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new MetricCheck(learner).require(List.of(metric)));
    assertEquals(message, e.getMessage());
  }
}
