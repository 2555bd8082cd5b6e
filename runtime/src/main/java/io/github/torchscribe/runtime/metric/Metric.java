package io.github.torchscribe.runtime.metric;

import java.util.Optional;

/**
 * Something that is measured of a model's outputs, batch after batch. {@link Metrics} has many; one
 * of your own is given to a trainer in the same way.
 *
 * <pre>{@code
 * Trainer.of(model).metric(Metrics.f1()).metric(new MyMetric());
 * }</pre>
 */
public interface Metric {
  /**
   * What it is called in logs and histories.
   *
   * @return for example {@code F1}
   */
  String name();

  /**
   * Which of several outputs is measured; {@link Metrics#of} says so of any metric.
   *
   * @return its name; empty where the network has a single one
   */
  default String output() {
    return "";
  }

  /**
   * Whether outputs must stand for classes.
   *
   * @return false where they may be numbers
   */
  default boolean needsDecisions() {
    return false;
  }

  /**
   * In which direction it gets better, as torchmetrics' {@code higher_is_better}: reports and
   * comparisons of runs name the best value by it.
   *
   * @return true where higher values are better, false where lower ones are; empty, unless stated
   *     otherwise, where neither is or nobody knows
   */
  default Optional<Boolean> higherIsBetter() {
    return Optional.empty();
  }

  /** Forgets all batches. */
  void reset();

  /**
   * Takes a batch.
   *
   * @param batch outputs and targets, valid until this returns
   */
  void update(Outcome batch);

  /**
   * What all batches since the last {@link #reset} came to.
   *
   * @return NaN where there is nothing to measure
   */
  double value();
}
