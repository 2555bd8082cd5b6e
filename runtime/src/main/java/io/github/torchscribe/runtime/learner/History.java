package io.github.torchscribe.runtime.learner;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training run came to.
 *
 * @param epochs one entry for each epoch
 * @param end why it ended
 */
public record History(List<Epoch> epochs, End end) implements Serializable {
  /** Why a run ended. */
  public enum End {
    /** All epochs are done. */
    COMPLETE,
    /** The loss on the test data had not become better for long. */
    NO_PROGRESS,
    /** The time that it was given is over. */
    TIME,
    /** It took more memory than it was given. */
    MEMORY,
    /** Somebody called {@link io.github.torchscribe.runtime.Trainer#stop}. */
    STOPPED
  }

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
   * @param metrics what was measured on the test data besides, by name, in the order in which it
   *     was asked for
   * @param trainLosses the same as {@code trainLoss} of each of several losses, by the name of what
   *     has it, as they are before they are weighed; empty where there is a single one
   */
  public record Epoch(
      int number,
      double trainLoss,
      Evaluation evaluation,
      Duration trainTime,
      Map<String, Double> metrics,
      Map<String, Double> trainLosses)
      implements Serializable {
    /** Copies the maps. */
    public Epoch {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
      trainLosses = Collections.unmodifiableMap(new LinkedHashMap<>(trainLosses));
    }

    /**
     * One pass of a network with a single loss.
     *
     * @param number counted from 0
     * @param trainLoss the mean of the steps' losses
     * @param evaluation on the test data, after the epoch
     * @param trainTime what the epoch took, without the evaluation
     * @param metrics what was measured on the test data besides, by name
     */
    public Epoch(
        int number,
        double trainLoss,
        Evaluation evaluation,
        Duration trainTime,
        Map<String, Double> metrics) {
      this(number, trainLoss, evaluation, trainTime, metrics, Map.of());
    }
  }

  /**
   * The epoch with the lowest loss on the test data.
   *
   * @return the first such
   * @throws IllegalStateException when there is no epoch, because the run was stopped before
   */
  public Epoch best() {
    requireEpochs();
    return Collections.min(epochs, Comparator.comparingDouble(epoch -> epoch.evaluation().loss()));
  }

  /**
   * The last epoch.
   *
   * @return how training ended
   * @throws IllegalStateException when there is no epoch, because the run was stopped before
   */
  public Epoch last() {
    requireEpochs();
    return epochs.get(epochs.size() - 1);
  }

  private void requireEpochs() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException(
          "the run has no epoch: it ended before the first began (" + end + ")");
    }
  }
}
