package io.github.torchscribe.samples.serve;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.PredictionListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A predictor's meters, by Micrometer: how many questions there are and how they end, how long they
 * and the passes take, how many examples share one, and how often weights were swapped.
 */
public final class PredictorMetrics implements PredictionListener {
  private static final Duration[] TIMES = {
    Duration.ofNanos(100_000), Duration.ofNanos(250_000), Duration.ofNanos(500_000),
    Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5),
    Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
    Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(1)
  };

  private final Timer answered;
  private final Timer refused;
  private final Timer failed;
  private final Counter examples;
  private final Timer passes;
  private final DistributionSummary together;
  private final Timer swaps;

  /**
   * Nothing has been asked yet.
   *
   * @param registry has the meters
   * @param model a tag of them all
   */
  public PredictorMetrics(MeterRegistry registry, String model) {
    answered = predictions("answered", registry, model);
    refused = predictions("refused", registry, model);
    failed = predictions("failed", registry, model);
    examples =
        Counter.builder("torchscribe.examples")
            .description("Examples that were answered")
            .tag("model", model)
            .register(registry);
    passes =
        Timer.builder("torchscribe.passes")
            .description("What passes through the network take")
            .tag("model", model)
            .serviceLevelObjectives(TIMES)
            .register(registry);
    together =
        DistributionSummary.builder("torchscribe.pass.examples")
            .description("How many examples share a pass")
            .tag("model", model)
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64)
            .register(registry);
    swaps =
        Timer.builder("torchscribe.swaps")
            .description("What it takes until other weights answer")
            .tag("model", model)
            .register(registry);
  }

  private static Timer predictions(String outcome, MeterRegistry registry, String model) {
    return Timer.builder("torchscribe.predictions")
        .description("Questions to the predictor, until their answer")
        .tags("model", model, "outcome", outcome)
        .serviceLevelObjectives(TIMES)
        .register(registry);
  }

  @Override
  public void answered(int count, long nanos) {
    answered.record(nanos, TimeUnit.NANOSECONDS);
    examples.increment(count);
  }

  @Override
  public void failed(int count, long nanos, Throwable why) {
    Timer timer = why instanceof IllegalArgumentException ? refused : failed;
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void computed(int count, long nanos) {
    passes.record(nanos, TimeUnit.NANOSECONDS);
    together.record(count);
  }

  @Override
  public void swapped(Model next, long nanos) {
    swaps.record(nanos, TimeUnit.NANOSECONDS);
  }
}
