package io.github.torchscribe.runtime.metric;

import java.util.Optional;

/** A metric of one of several outputs. */
record OfOutput(String output, Metric metric) implements Metric {
  @Override
  public String name() {
    return output + " " + metric.name();
  }

  @Override
  public boolean needsDecisions() {
    return metric.needsDecisions();
  }

  @Override
  public Optional<Boolean> higherIsBetter() {
    return metric.higherIsBetter();
  }

  @Override
  public void reset() {
    metric.reset();
  }

  @Override
  public void update(Outcome batch) {
    try {
      metric.update(batch);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("output " + output + ": " + e.getMessage(), e);
    }
  }

  @Override
  public double value() {
    return metric.value();
  }
}
