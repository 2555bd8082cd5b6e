package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.metric.Metric;
import java.util.List;

/** Refuses metrics that a network has nothing for, before the first step. */
public record MetricCheck(Learner learner) {
  /** Each must be of what the network has. */
  public void require(List<Metric> metrics) {
    metrics.forEach(this::require);
  }

  private void require(Metric metric) {
    List<String> losses = learner.losses();
    String output = metric.output();
    if (!output.isEmpty() && losses.isEmpty()) {
      throw new IllegalArgumentException(
          "the metric "
              + metric.name()
              + " is of an output, but this network has a single loss: leave the name away");
    }
    if (losses.isEmpty()) {
      requireDecisions(metric, learner.decides(), "this network");
      return;
    }
    if (!losses.contains(output)) {
      throw new IllegalArgumentException(
          output.isEmpty()
              ? "say which output the metric "
                  + metric.name()
                  + " is of, with metric(\""
                  + likely(metric)
                  + "\", …): those that have a loss are "
                  + String.join(", ", losses)
              : "the metric "
                  + metric.name()
                  + " is of \""
                  + output
                  + "\", but those outputs that have a loss are "
                  + String.join(", ", losses));
    }
    requireDecisions(metric, learner.decides(output), output);
  }

  /** An output of which the metric is likely to be. */
  private String likely(Metric metric) {
    List<String> losses = learner.losses();
    return losses.stream()
        .filter(output -> learner.decides(output) == metric.needsDecisions())
        .findFirst()
        .orElse(losses.get(0));
  }

  private static void requireDecisions(Metric metric, boolean decides, String what) {
    if (metric.needsDecisions() && !decides) {
      throw new IllegalArgumentException(
          "the metric "
              + metric.name()
              + " is of decisions, but the loss of "
              + what
              + " takes its outputs for numbers, not for classes");
    }
  }
}
