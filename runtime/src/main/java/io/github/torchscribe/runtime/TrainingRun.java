package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.file.CheckpointFolder;
import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.metric.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

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
  private final RunState identity;
  private final CheckpointFolder checkpoints;
  private int epoch;
  private int step;
  private double sum;
  private long total;
  private Iterable<Batch> left;

  TrainingRun(Trainer trainer, Dataset train, Dataset test) {
    this.trainer = trainer;
    model = trainer.model();
    engine = model.engine();
    identity = new RunState(trainer, train, test);
    checkpoints =
        trainer
            .checkpoints()
            .map(some -> CheckpointFolder.open(some.folder(), some.kept()))
            .orElse(null);
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
      if (trainer.resumes()) {
        resume();
      }
      trainer.logs().forEach(log -> log.began(plan));
      while (end == null && epoch < trainer.epochs()) {
        History.Epoch result = epoch();
        done.add(result);
        boolean better = judge(result);
        epoch++;
        step = 0;
        sum = 0;
        trainer.logs().forEach(log -> log.epoch(result));
        if (end == null || end == History.End.NO_PROGRESS) {
          checkpoint(better);
        }
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

  private History.Epoch epoch() {
    long start = System.nanoTime();
    double loss = steps();
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    Evaluation evaluation = model.evaluate(test, trainer.metrics());
    Map<String, Double> measured = new LinkedHashMap<>();
    for (Metric metric : trainer.metrics()) {
      measured.put(metric.name(), metric.value());
    }
    rates.epochEnded(evaluation.loss());
    return new History.Epoch(epoch, loss, evaluation, time, measured);
  }

  private double steps() {
    Iterable<Batch> batches = left == null ? train : left;
    left = null;
    for (Batch batch : batches) {
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
      total++;
      if (isOver()) {
        checkpoint(false); // before the evaluation: whoever goes on has not done it
        break;
      }
      if (checkpoints != null && total % trainer.checkpoints().orElseThrow().everySteps() == 0) {
        checkpoint(false);
      }
    }
    engine.finish(updates);
    return sum / step;
  }

  /** Copies all that is needed to go on from here, and has it written in the background. */
  private void checkpoint(boolean better) {
    if (checkpoints == null) {
      return;
    }
    State state = new State();
    identity.save(state);
    State run = state.part("run");
    run.put("epoch", epoch);
    run.put("step", step);
    run.put("sum", sum);
    run.put("total", total);
    run.put("lowest", lowest);
    run.put("withoutProgress", withoutProgress);
    History.save(done, state.part("epochs"));
    Arena ofEngine = engine.save(state, updates, rates);
    Arena ofRun =
        Arena.filledBy(
            () -> {
              if (step > 0) {
                train.save(state.part("train"));
              } else {
                train.savePosition(state.part("train"));
              }
              test.savePosition(state.part("test"));
              if (best != null) {
                engine.putWeights(state.part("best"), best);
              }
            });
    checkpoints.write(
        total,
        state,
        better,
        () -> {
          ofRun.close();
          ofEngine.close();
        });
  }

  private void resume() {
    PointerScope scope = new PointerScope();
    try {
      Optional<State> newest = checkpoints.newest();
      if (newest.isEmpty()) {
        return;
      }
      State state = newest.get();
      identity.require(state);
      State run = state.part("run");
      engine.restore(state, updates, rates);
      epoch = (int) run.whole("epoch");
      step = (int) run.whole("step");
      sum = run.number("sum");
      total = run.whole("total");
      lowest = run.number("lowest");
      withoutProgress = (int) run.whole("withoutProgress");
      done.addAll(History.restored(state.part("epochs")));
      if (step > 0) {
        left = train.resume(state.part("train"));
      } else {
        train.restorePosition(state.part("train"));
      }
      test.restorePosition(state.part("test"));
      if (state.part("best").has(model.blueprint().slots().get(0).name())) {
        best = engine.weightsFrom(state.part("best"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot go on from the checkpoint: " + e.getMessage(), e);
    } finally {
      scope.close();
    }
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
  private boolean judge(History.Epoch epoch) {
    if (epoch.evaluation().loss() < lowest) {
      lowest = epoch.evaluation().loss();
      withoutProgress = 0;
      if (trainer.restoresBest()) {
        closeBest();
        best = engine.copyOfWeights();
      }
      return true;
    }
    if (++withoutProgress >= trainer.patience() && end == null) {
      end = History.End.NO_PROGRESS;
    }
    return false;
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
    if (checkpoints != null) {
      checkpoints.close();
    }
    closeBest();
    updates.close();
    rates.close();
    test.close();
    train.close();
  }
}
