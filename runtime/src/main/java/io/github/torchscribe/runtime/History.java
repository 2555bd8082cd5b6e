package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.file.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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
public record History(List<Epoch> epochs, End end) {
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
    /** Somebody called {@link Trainer#stop}. */
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
   */
  public record Epoch(
      int number,
      double trainLoss,
      Evaluation evaluation,
      Duration trainTime,
      Map<String, Double> metrics) {
    /** Copies the map. */
    public Epoch {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
  }

  static void save(List<Epoch> epochs, State state) {
    state.put("count", epochs.size());
    for (Epoch epoch : epochs) {
      State own = state.part(String.valueOf(epoch.number()));
      own.put("trainLoss", epoch.trainLoss());
      own.put("nanoseconds", epoch.trainTime().toNanos());
      epoch.evaluation().save(own.part("evaluation"));
      own.put("metrics", String.join("\n", epoch.metrics().keySet()));
      epoch.metrics().forEach((name, value) -> own.part("metric").put(name, value));
    }
  }

  static List<Epoch> restored(State state) throws IOException {
    List<Epoch> epochs = new ArrayList<>();
    for (int i = 0; i < state.whole("count"); i++) {
      State own = state.part(String.valueOf(i));
      Map<String, Double> metrics = new LinkedHashMap<>();
      for (String name : own.text("metrics").split("\n")) {
        if (!name.isEmpty()) {
          metrics.put(name, own.part("metric").number(name));
        }
      }
      epochs.add(
          new Epoch(
              i,
              own.number("trainLoss"),
              Evaluation.restored(own.part("evaluation")),
              Duration.ofNanos(own.whole("nanoseconds")),
              metrics));
    }
    return epochs;
  }

  /**
   * The epoch with the lowest loss on the test data.
   *
   * @return the first such
   */
  public Epoch best() {
    return epochs.stream()
        .min(Comparator.comparingDouble(epoch -> epoch.evaluation().loss()))
        .orElseThrow();
  }

  /**
   * The last epoch.
   *
   * @return how training ended
   */
  public Epoch last() {
    return epochs.get(epochs.size() - 1);
  }
}
