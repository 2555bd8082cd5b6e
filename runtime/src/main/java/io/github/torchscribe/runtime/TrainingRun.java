package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.metric.Metric;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.javacpp.Pointer;

/** One run of a trainer. */
final class TrainingRun implements AutoCloseable {
  private final Trainer trainer;
  private final Model model;
  private final Engine engine;
  private final DataLoader train;
  private final DataLoader test;
  private final Rates rates;
  private final Updates updates;
  private final Progress progress = new Progress();
  private final BestSoFar best;
  private final RunCheckpoints checkpoints;
  private final RunCheckpoints.Parts parts;
  private final TrainingLog.Run plan;
  private final Watchers watchers;
  private final long began = System.nanoTime();
  private History.End end;

  TrainingRun(Trainer trainer, Dataset train, Dataset test, RunCheckpoints checkpoints) {
    this.trainer = trainer;
    this.checkpoints = checkpoints;
    model = trainer.model();
    engine = model.engine();
    best = new BestSoFar(engine, trainer.restoresBest());
    int batchSize = trainer.batchSize();
    this.train =
        trainer.shuffles()
            ? DataLoader.shuffled(train, batchSize, engine.randomness(), model.device())
            : DataLoader.sequential(train, batchSize, engine.randomness(), model.device());
    this.train.gatheredBy(engine::gather).dropLast(trainer.dropsLast());
    this.test =
        DataLoader.sequential(test, batchSize, engine.randomness(), model.device())
            .gatheredBy(engine::gather);
    rates =
        new Rates(
            engine.requireOptimizer(),
            model.blueprint().schedules(),
            trainer.updatesOf(train.size()));
    updates = trainer.updates();
    parts = new RunCheckpoints.Parts(engine, updates, rates, this.train, this.test, progress, best);
    plan =
        new TrainingLog.Run(
            model,
            train,
            test,
            trainer.epochs(),
            this.train.batchSize(),
            trainer.shuffles(),
            trainer.dropsLast());
    watchers = new Watchers(trainer.logs());
  }

  History go() {
    Optional<Iterable<Batch>> left = checkpoints.resume(parts);
    engine.sayWhetherMixed();
    try {
      watchers.began(plan);
      epochs(left.orElse(train));
      best.giveBack();
    } catch (RuntimeException | Error e) {
      try {
        best.giveBack();
      } catch (RuntimeException | Error other) {
        Watchers.suppress(other, e);
      }
      watchers.ended(Optional.of(e));
      throw e;
    }
    watchers.ended(Optional.empty());
    return new History(progress.done(), end == null ? History.End.COMPLETE : end);
  }

  /**
   * All that are left.
   *
   * @param first the batches of the first of them
   */
  private void epochs(Iterable<Batch> first) {
    Iterable<Batch> batches = first;
    if (trainer.isStopped()) {
      end = History.End.STOPPED; // while the run began
    }
    while (end == null && progress.epoch() < trainer.epochs()) {
      History.Epoch result = epoch(batches);
      batches = train;
      boolean whole = end == null;
      boolean better = best.judge(result.evaluation().loss());
      if (best.withoutProgress() >= trainer.patience() && whole) {
        end = History.End.NO_PROGRESS;
      }
      progress.epochDone(result);
      watchers.epoch(result);
      if (whole) {
        checkpoints.write(parts, better);
      }
      if (end == null && progress.epoch() < trainer.epochs()) {
        isOver(); // since the last step
      }
    }
  }

  private History.Epoch epoch(Iterable<Batch> batches) {
    long start = System.nanoTime();
    steps(batches);
    double loss = progress.meanLoss();
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    Evaluation evaluation = model.evaluate(test, trainer.metrics());
    Map<String, Double> measured = new LinkedHashMap<>();
    for (Metric metric : trainer.metrics()) {
      measured.put(metric.name(), metric.value());
    }
    rates.epochEnded(evaluation.loss());
    return new History.Epoch(progress.epoch(), loss, evaluation, time, measured);
  }

  private void steps(Iterable<Batch> batches) {
    for (Batch batch : batches) {
      if (updates.begins()) {
        rates.beforeStep();
      }
      float loss = model.step(batch, updates);
      double lr = engine.requireOptimizer().learningRate();
      int epoch = progress.epoch();
      int step = progress.step();
      TrainingLog.Step did = new TrainingLog.Step(plan, epoch, step, batch.size(), loss, lr);
      watchers.step(did);
      if (Float.isFinite(loss)) {
        progress.stepDone(loss);
      } else {
        requireHarmless(batch, loss);
        progress.stepDoneWithoutLoss();
      }
      if (isOver()) {
        checkpoints.write(parts, false); // before the evaluation: who goes on has not done it
        break;
      }
      if (checkpoints.isDue(progress.total()) && progress.step() < train.batches()) {
        checkpoints.write(parts, false); // after the epoch's last step its own follows
      }
    }
    engine.finish(updates);
    if (progress.hasNoLoss() && end == null) {
      throw diverged(
          progress.step() - 1, Float.NaN, DivergedException.nothingCounts(model.ignored()));
    }
  }

  /** A loss that is no number is none where nothing of a batch counts, and taught nothing. */
  private void requireHarmless(Batch batch, float loss) {
    Counted counted = model.checked(batch.inputs(), batch.targets());
    if (counted.counting() == 0 || counted.weight() == 0 && trainer.accumulated() > 1) {
      return;
    }
    OptionalLong broken = train.notFinite(batch);
    String advice;
    if (broken.isPresent()) {
      advice = DivergedException.mend(broken.getAsLong());
    } else if (counted.weight() == 0) {
      advice = DivergedException.weighNothing();
    } else {
      advice = DivergedException.smaller(engine.requireOptimizer().learningRate());
    }
    throw diverged(progress.step(), loss, advice);
  }

  private DivergedException diverged(int step, float loss, String advice) {
    double lr = engine.requireOptimizer().learningRate();
    return new DivergedException(model.name(), progress.epoch(), step, loss, lr, advice);
  }

  /** Whether the step that was done is the last, for what it takes. */
  private boolean isOver() {
    if (trainer.isStopped()) {
      end = History.End.STOPPED;
    } else if (trainer
        .timeLimit()
        .filter(limit -> System.nanoTime() - began >= limit.toNanos())
        .isPresent()) {
      end = History.End.TIME;
    } else if (trainer.memoryLimit() != Long.MAX_VALUE
        && Pointer.physicalBytes() > trainer.memoryLimit()) {
      end = History.End.MEMORY;
    }
    return end != null;
  }

  @Override
  public void close() {
    best.close();
    updates.close();
    rates.close();
    test.close();
    train.close();
  }
}
