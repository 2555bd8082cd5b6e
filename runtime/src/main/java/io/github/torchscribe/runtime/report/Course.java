package io.github.torchscribe.runtime.report;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Predictions;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.log.Series;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.report.RunPage.Content;
import io.github.torchscribe.runtime.report.RunPage.Curve;
import io.github.torchscribe.runtime.report.RunPage.Fact;
import io.github.torchscribe.runtime.torch.Gpu;
import io.github.torchscribe.runtime.torch.Threads;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All that a run's page shows, gathered as the run goes. */
final class Course {
  private final TrainingLog.Run run;
  private final Map<String, String> noted;
  private final Summary network;
  private final ZonedDateTime began = ZonedDateTime.now();
  private final long beganNanos = System.nanoTime();
  private final Track whole;
  private final List<Track> parts;
  private final Map<String, Series> metrics = new LinkedHashMap<>();
  private final Series learningRate = new Series();
  private final Series seconds = new Series();

  private long steps;
  private final long first;
  private double firstRate;
  private double lastRate;
  private boolean rateChanges;

  Course(TrainingLog.Run run, Map<String, String> noted) {
    this.run = run;
    this.noted = new LinkedHashMap<>(noted);
    steps = run.done();
    first = steps;
    Learner learner = run.learner();
    this.network = learner.summary();
    whole = new Track("", learner.losses().isEmpty() && learner.decides());
    run.metrics().forEach(metric -> metrics.put(metric.name(), new Series()));
    parts = learner.losses().stream().map(name -> new Track(name, learner.decides(name))).toList();
  }

  ZonedDateTime began() {
    return began;
  }

  void add(TrainingLog.Step step) {
    whole.step(steps, step.loss());
    for (Track part : parts) {
      part.step(steps, step.losses().get(part.name()));
    }
    learningRate.add(steps, step.learningRate());
    if (steps++ == first) {
      firstRate = step.learningRate();
    }
    lastRate = step.learningRate();
    rateChanges |= lastRate != firstRate;
  }

  void add(History.Epoch epoch) {
    int number = epoch.number() + 1;
    whole.epoch(number, epoch.trainLoss(), epoch.evaluation());
    for (Track part : parts) {
      part.epoch(
          number,
          epoch.trainLosses().get(part.name()),
          epoch.evaluation().parts().get(part.name()));
    }
    metrics.forEach(
        (name, values) -> values.add(number, epoch.metrics().getOrDefault(name, Double.NaN)));
    seconds.add(number, epoch.trainTime().toNanos() / 1e9);
  }

  /** The run is still going on. */
  Content soFar() {
    return content("running", "", Map.of());
  }

  /** The run is over. */
  Content end(Optional<Throwable> failure) {
    return failure
        .map(e -> content("stopped", String.valueOf(e.getMessage()), Map.of()))
        .orElseGet(
            () ->
                content(
                    "finished",
                    "",
                    Predictions.ofEach(run.learner(), run.test(), run.batchSize())));
  }

  private Content content(String status, String message, Map<String, Predictions> predictions) {
    return new Content(
        network,
        network.parameters(),
        status,
        message,
        began,
        (System.nanoTime() - beganNanos) / 1e9,
        settings(),
        machine(),
        run.steps(),
        page(whole, predictions),
        parts.stream().map(part -> page(part, predictions)).toList(),
        run.metrics().stream().map(this::page).toList(),
        rateChanges ? Curve.of(learningRate) : Curve.EMPTY,
        Curve.of(seconds));
  }

  private RunPage.Measure page(TrainingLog.Measured metric) {
    return new RunPage.Measure(metric, Curve.of(metrics.get(metric.name())));
  }

  private RunPage.Track page(Track track, Map<String, Predictions> predictions) {
    return track.page(predictions.get(track.name()), run.test());
  }

  private List<Fact> settings() {
    Optional<Gpu> gpu = Gpu.of(run.learner().device());
    List<Fact> facts = new ArrayList<>(stated());
    String device = run.learner().device().toString();
    facts.add(new Fact("device", gpu.map(it -> device + ", " + it.name()).orElse(device)));
    run.settings().forEach((name, value) -> facts.add(new Fact(name, value)));
    facts.add(new Fact("threads", "" + Threads.count()));
    noted.forEach((name, value) -> facts.add(new Fact(name, value)));
    return facts;
  }

  /** With what a run took of it, which nobody asked for. */
  private List<Fact> machine() {
    List<Fact> facts = new ArrayList<>(Machine.facts());
    Gpu.of(run.learner().device())
        .ifPresent(gpu -> facts.add(new Fact("most of the device's memory in use", gpu.peak())));
    return facts;
  }

  private List<Fact> stated() {
    return List.of(
        new Fact("epochs", "" + run.epochs()),
        new Fact(
            "batch size",
            run.batchSize() + (run.dropLast() ? ", a smaller last one is left out" : "")),
        new Fact("steps per epoch", "" + run.steps()),
        new Fact("order", run.shuffle() ? "shuffled in each epoch" : "as in the data"),
        new Fact("learning rate", rateChanges ? firstRate + " → " + lastRate : "" + firstRate),
        new Fact("seed", "" + run.learner().seed()),
        new Fact("training data", examples(run.train())),
        new Fact("test data", examples(run.test())));
  }

  private static String examples(Dataset data) {
    return String.format(Locale.ROOT, "%,d examples", data.size());
  }
}
