package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.engine.Average;
import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.engine.Exchange;
import io.github.torchscribe.runtime.engine.Updates;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.metric.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * What a run was asked for.
 *
 * @param batches how the training data are gone through
 * @param gradients what becomes of them before the optimizer has them
 * @param decay of the average of what is learned; empty where there is none
 * @param frozen names of what does not learn
 * @param rates what the learning rate is multiplied by, by names
 * @param limits what ends the run before its last epoch
 * @param saving where checkpoints are; empty where none are written
 * @param restoresBest whether the weights with the lowest loss are gone back to
 * @param metrics measured after each epoch
 * @param logs told of all that happens
 * @param splitSeed what the data were divided by, where they were
 * @param shared with whom it trains; empty where it trains alone
 */
public record RunPlan(
    Batches batches,
    Gradients gradients,
    OptionalDouble decay,
    List<String> frozen,
    Map<String, Double> rates,
    Limits limits,
    Optional<Saving> saving,
    boolean restoresBest,
    List<Metric> metrics,
    List<TrainingLog> logs,
    OptionalLong splitSeed,
    Optional<Shared> shared) {

  /**
   * With whom a run trains.
   *
   * @param group of at least two
   * @param ownExamples whether the training data are this process' part, and not all
   * @param ownTestExamples whether the test data are
   * @param dividesOptimizer whether each process remembers a part of the optimizer's state
   */
  public record Shared(
      Group group, boolean ownExamples, boolean ownTestExamples, boolean dividesOptimizer) {}

  /**
   * How the training data are gone through.
   *
   * @param epochs how often
   * @param size examples per step
   * @param shuffles whether each epoch has its own order
   * @param dropsLast whether a smaller last batch is left out
   * @param resident whether the data are brought to the device; empty where they decide it
   */
  public record Batches(
      int epochs, int size, boolean shuffles, boolean dropsLast, Optional<Boolean> resident) {
    /** How many a step has where there are so many in all. */
    long sizeOf(long examples) {
      return Math.min(size, examples);
    }

    /** How many a last, smaller batch has that is not left out; 0 where there is none. */
    long lastOf(long examples) {
      return dropsLast ? 0 : examples % sizeOf(examples);
    }

    private long ofEpoch(long examples) {
      return examples / sizeOf(examples) + (lastOf(examples) > 0 ? 1 : 0);
    }
  }

  /**
   * What becomes of gradients before the optimizer has them.
   *
   * @param maxNorm of all together, or infinite
   * @param maxValue of each, or infinite
   * @param accumulated how many batches make one update
   */
  public record Gradients(double maxNorm, double maxValue, int accumulated) {}

  /**
   * What ends the run before its last epoch.
   *
   * @param patience epochs without progress
   * @param time from the run's beginning
   * @param memory physical, in bytes, or the largest long
   * @param stopped whether somebody wants it
   */
  public record Limits(
      int patience, Optional<Duration> time, long memory, BooleanSupplier stopped) {}

  /**
   * Where checkpoints are.
   *
   * @param folder theirs alone
   * @param everySteps how often one is written besides those after epochs
   * @param kept how many are kept
   * @param resumes whether the run goes on from the newest
   */
  public record Saving(Path folder, int everySteps, int kept, boolean resumes) {}

  /** What logs are told of metrics. */
  List<TrainingLog.Measured> measured() {
    List<TrainingLog.Measured> all = new ArrayList<>();
    for (Metric metric : metrics) {
      all.add(new TrainingLog.Measured(metric.name(), metric.higherIsBetter()));
    }
    return all;
  }

  /** What logs are told of all that is not as it would be by itself, in words. */
  Map<String, String> settings(Engine engine) {
    Map<String, String> all = new LinkedHashMap<>();
    if (gradients.maxNorm != Double.POSITIVE_INFINITY) {
      all.put("clip grad norm", "" + gradients.maxNorm);
    }
    if (gradients.maxValue != Double.POSITIVE_INFINITY) {
      all.put("clip grad value", "" + gradients.maxValue);
    }
    if (gradients.accumulated > 1) {
      all.put("accumulate", gradients.accumulated + " batches");
    }
    if (decay.isPresent()) {
      all.put("moving average", "" + decay.getAsDouble());
    }
    if (!frozen.isEmpty()) {
      all.put("frozen", String.join(", ", frozen));
    }
    rates.forEach((pattern, factor) -> all.put("learning rate of " + pattern, "× " + factor));
    List<StatedLoss> losses = engine.network().signature().losses();
    for (int i = 0; i < losses.size(); i++) {
      if (!Arrays.equals(engine.classWeights(i), losses.get(i).classWeights())) {
        String of = losses.get(i).name().isEmpty() ? "" : " of " + losses.get(i).name();
        all.put("class weights" + of, Arrays.toString(engine.classWeights(i)));
      }
    }
    if (limits.patience != Integer.MAX_VALUE) {
      all.put("early stopping", "after " + limits.patience + " epochs without progress");
    }
    if (restoresBest) {
      all.put("restore best", "yes");
    }
    limits.time.ifPresent(time -> all.put("time limit", time.toNanos() / 1e9 + " s"));
    if (limits.memory != Long.MAX_VALUE) {
      all.put("memory limit", limits.memory + " bytes");
    }
    if (processes() > 1) {
      all.put("processes", "" + processes());
    }
    return all;
  }

  /** How many processes there are. */
  int processes() {
    return shared.map(some -> some.group().size()).orElse(1);
  }

  /** Whether this process writes what one of all writes. */
  boolean isFirst() {
    return shared.isEmpty() || shared.get().group().rank() == 0;
  }

  Updates updates(Engine engine, Optional<Exchange> exchange) {
    Optional<Average> average =
        decay.isPresent()
            ? Optional.of(new Average(engine, decay.getAsDouble()))
            : Optional.empty();
    return new Updates(
        gradients.maxNorm, gradients.maxValue, gradients.accumulated, average, exchange);
  }

  /** How many updates the run has, with so many examples to learn from. */
  long updatesOf(long examples) {
    long ofEpoch = batches.ofEpoch((examples + processes() - 1) / processes());
    int accumulated = gradients.accumulated;
    return batches.epochs * ((ofEpoch + accumulated - 1) / accumulated);
  }
}
