package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.metric.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final TrainingLog.Run plan;
  private final List<History.Epoch> done = new ArrayList<>();
  private final long began = System.nanoTime();
  private History.End end;
  private double lowest = Double.POSITIVE_INFINITY;
  private int withoutProgress;
  private Weights best;

  TrainingRun(Trainer trainer, Dataset train, Dataset test) {
    this.trainer = trainer;
    model = trainer.model();
    engine = model.engine();
    int batchSize = trainer.batchSize();
    this.train =
        trainer.shuffles()
            ? DataLoader.shuffled(train, batchSize, engine.randomness(), model.device())
            : DataLoader.sequential(train, batchSize, engine.randomness(), model.device());
    this.test = DataLoader.sequential(test, batchSize, engine.randomness(), model.device());
    long batches = this.train.batches();
    rates =
        new Rates(
            engine.requireOptimizer(),
            model.blueprint().schedules(),
            trainer.epochs() * ((batches + trainer.accumulated() - 1) / trainer.accumulated()));
    updates = trainer.updates();
    plan =
        new TrainingLog.Run(
            model, train, test, trainer.epochs(), this.train.batchSize(), trainer.shuffles());
  }

  History go() {
    try {
      trainer.logs().forEach(log -> log.began(plan));
      for (int epoch = 0; end == null && epoch < trainer.epochs(); epoch++) {
        History.Epoch result = epoch(epoch);
        done.add(result);
        judge(result);
        trainer.logs().forEach(log -> log.epoch(result));
      }
      restoreBest();
      trainer.logs().forEach(log -> log.ended(Optional.empty()));
    } catch (RuntimeException | Error e) {
      restoreBest();
      trainer.logs().forEach(log -> log.ended(Optional.of(e)));
      throw e;
    }
    return new History(done, end == null ? History.End.COMPLETE : end);
  }

  private History.Epoch epoch(int epoch) {
    long start = System.nanoTime();
    double loss = steps(epoch);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    Evaluation evaluation = model.evaluate(test, trainer.metrics());
    Map<String, Double> measured = new LinkedHashMap<>();
    for (Metric metric : trainer.metrics()) {
      measured.put(metric.name(), metric.value());
    }
    rates.epochEnded(evaluation.loss());
    return new History.Epoch(epoch, loss, evaluation, time, measured);
  }

  private double steps(int epoch) {
    double sum = 0;
    int step = 0;
    for (Batch batch : train) {
      if (updates.begins()) {
        rates.beforeStep();
      }
      float loss = model.step(batch, updates);
      double lr = engine.requireOptimizer().learningRate();
      TrainingLog.Step did = new TrainingLog.Step(plan, epoch, step, batch.size(), loss, lr);
      for (TrainingLog log : trainer.logs()) {
        log.step(did);
      }
      if (!Float.isFinite(loss)) {
        throw new DivergedException(model.name(), epoch, step, loss, lr, train.notFinite(batch));
      }
      sum += loss;
      step++;
      if (isOver()) {
        break;
      }
    }
    engine.finish(updates);
    return sum / step;
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

  /** Remembers the best parameters, and ends the run when there have been no better for long. */
  private void judge(History.Epoch epoch) {
    if (epoch.evaluation().loss() < lowest) {
      lowest = epoch.evaluation().loss();
      withoutProgress = 0;
      if (trainer.restoresBest()) {
        closeBest();
        best = engine.copyOfWeights();
      }
    } else if (++withoutProgress >= trainer.patience() && end == null) {
      end = History.End.NO_PROGRESS;
    }
  }

  private void restoreBest() {
    if (best != null) {
      engine.restore(best);
    }
  }

  private void closeBest() {
    if (best != null) {
      best.close();
      best = null;
    }
  }

  @Override
  public void close() {
    closeBest();
    updates.close();
    rates.close();
    test.close();
    train.close();
  }
}
