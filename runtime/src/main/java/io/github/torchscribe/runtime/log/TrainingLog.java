package io.github.torchscribe.runtime.log;

import io.github.torchscribe.runtime.History;

/** Is told of a training run as it goes. Every method is called by the thread that trains. */
public interface TrainingLog {
  /**
   * A run.
   *
   * @param epochs how many there will be
   * @param steps in each epoch
   * @param examples in each epoch
   */
  record Run(int epochs, long steps, long examples) {}

  /**
   * A step that was done.
   *
   * @param run it belongs to
   * @param epoch counted from 0
   * @param number in the epoch, counted from 0
   * @param batchSize its examples
   * @param loss of its batch, before the update
   * @param learningRate of the update
   */
  record Step(Run run, int epoch, int number, int batchSize, float loss, double learningRate) {}

  /**
   * A run begins.
   *
   * @param run what is planned
   */
  default void began(Run run) {}

  /**
   * A step was done.
   *
   * @param step which
   */
  default void step(Step step) {}

  /**
   * An epoch was done and evaluated.
   *
   * @param epoch what it came to
   */
  default void epoch(History.Epoch epoch) {}

  /** The run is over, well or not. */
  default void ended() {}
}
