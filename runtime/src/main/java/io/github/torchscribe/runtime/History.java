package io.github.torchscribe.runtime;

import java.time.Duration;
import java.util.List;

/**
 * What a training run came to.
 *
 * @param epochs one entry for each epoch
 */
public record History(List<Epoch> epochs) {
  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /**
   * One pass over the training data.
   *
   * @param number counted from 0
   * @param trainLoss the mean of the steps' losses
   * @param evaluation on the test data, after the epoch
   * @param trainTime what the epoch took, without the evaluation
   */
  public record Epoch(int number, double trainLoss, Evaluation evaluation, Duration trainTime) {}

  /**
   * The last epoch.
   *
   * @return how training ended
   */
  public Epoch last() {
    return epochs.get(epochs.size() - 1);
  }
}
