package io.github.torchscribe.runtime.metric;

import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** A metric of decisions. */
class FromCounts implements Metric {
  private final String name;
  private final ToDoubleFunction<Counts> measure;
  private final Counts counts = new Counts();

  FromCounts(String name, ToDoubleFunction<Counts> measure) {
    this.name = name;
    this.measure = measure;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final boolean needsDecisions() {
    return true;
  }

  @Override
  public final Optional<Boolean> higherIsBetter() {
    return Optional.of(true);
  }

  @Override
  public final void reset() {
    counts.clear();
  }

  @Override
  public final void update(Outcome batch) {
    if (batch.right().length == 0 && batch.ignored().isEmpty()) {
      throw new IllegalArgumentException(
          name + " is for networks that decide, but this one's loss takes its outputs for numbers");
    }
    counts.add(batch.predicted(), batch.right());
  }

  @Override
  public final double value() {
    return measure.applyAsDouble(counts);
  }

  final Counts all() {
    return counts;
  }
}
