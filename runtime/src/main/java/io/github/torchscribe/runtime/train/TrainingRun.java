package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.engine.Exchange;
import io.github.torchscribe.runtime.engine.Learning;
import io.github.torchscribe.runtime.engine.MetricCheck;
import io.github.torchscribe.runtime.engine.StepLoss;
import io.github.torchscribe.runtime.engine.Updates;
import io.github.torchscribe.runtime.engine.Wish;
import io.github.torchscribe.runtime.engine.WrongExample;
import io.github.torchscribe.runtime.learner.DivergedException;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.torch.Randomness;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.bytedeco.javacpp.Pointer;

/** One run of a trainer. */
public final class TrainingRun implements AutoCloseable {
  /** How long nobody hears of steps that a GPU goes on with, in nanoseconds. */
  private static final long SILENCE = 50_000_000;

  private static final Map<Wish, History.End> END =
      Map.of(
          Wish.STOP, History.End.STOPPED,
          Wish.TIME, History.End.TIME,
          Wish.MEMORY, History.End.MEMORY);

  private final Learner model;
  private final Engine engine;
  private final RunPlan asked;
  private final Optional<Exchange> exchange;
  private final DataLoader train;
  private final DataLoader test;
  private final Rates rates;
  private final Updates updates;
  private final RunProgress progress;
  private final BestSoFar best;
  private final RunCheckpoints checkpoints;
  private final RunCheckpoints.Parts parts;
  private TrainingLog.Run told;
  private final Watchers watchers;
  private final Divergence divergence;
  private final long began = System.nanoTime();
  private final Queue<DoneStep> done = new ArrayDeque<>();
  private long heard;
  private History.End end;

  private TrainingRun(
      Learner model,
      Engine engine,
      RunPlan asked,
      Dataset train,
      Dataset test,
      RunCheckpoints checkpoints,
      Optional<Together> together) {
    this.model = model;
    this.engine = engine;
    this.asked = asked;
    this.checkpoints = checkpoints;
    exchange = together.map(all -> all.exchange(engine));
    progress = new RunProgress(model.losses());
    best = new BestSoFar(engine, asked.restoresBest());
    RunPlan.Batches batches = asked.batches();
    Randomness randomness = engine.randomness();
    this.train =
        batches.shuffles()
            ? DataLoader.shuffled(train, batches.size(), randomness, engine.device())
            : DataLoader.sequential(train, batches.size(), randomness, engine.device());
    this.train.gatheredBy(engine::gather).dropLast(batches.dropsLast());
    this.test =
        DataLoader.sequential(
                test,
                together.map(Together::testBatchSize).orElse(batches.size()),
                randomness,
                engine.device())
            .gatheredBy(engine::gather);
    together.ifPresent(all -> all.divideTraining(this.train));
    together.ifPresent(all -> all.divideTest(this.test));
    batches.resident().ifPresent(this.train::resident);
    batches.resident().ifPresent(this.test::resident);
    rates =
        new Rates(
            engine.requireOptimizer(),
            engine.network().newSchedules(),
            asked.updatesOf(together.map(Together::examples).orElse(train.size())));
    updates = asked.updates(engine, exchange);
    divergence = new Divergence(engine, this.train, exchange, asked.gradients().accumulated());
    parts = new RunCheckpoints.Parts(engine, updates, rates, this.train, this.test, progress, best);
    told =
        new TrainingLog.Run(
            model,
            train,
            test,
            batches.epochs(),
            this.train.batchSize() * asked.processes(),
            batches.shuffles(),
            batches.dropsLast(),
            together.map(Together::examples).orElse(train.size()),
            together.map(Together::ranks).orElse(List.of()),
            asked.measured(),
            asked.settings(engine),
            0);
    watchers =
        new Watchers(
            asked.logs().stream().filter(log -> asked.isFirst() || log.everyRank()).toList());
  }

  /**
   * Trains.
   *
   * @param model is told to logs
   * @param engine of the model
   * @param asked what the run is asked for
   * @param train learned from
   * @param test evaluated on after each epoch
   * @return what each epoch came to
   */
  public static History run(
      Learner model, Engine engine, RunPlan asked, Dataset train, Dataset test) {
    engine.requireOpen();
    engine.learn(new Learning(engine.network(), asked.frozen(), asked.rates()));
    try {
      return learn(model, engine, asked, train, test);
    } catch (RuntimeException | Error e) {
      tell(asked, e);
      throw e;
    } finally {
      engine.learnAsStated(); // also where a log has closed the model
    }
  }

  /** Tells the others of a group that this process cannot go on, unless none of them can. */
  private static void tell(RunPlan asked, Throwable failure) {
    if (!(failure instanceof DivergedException)) {
      asked.shared().ifPresent(shared -> shared.group().fail(failure));
    }
  }

  private static History learn(
      Learner model, Engine engine, RunPlan asked, Dataset train, Dataset test) {
    engine.requireOptimizer();
    DataCheck check = new DataCheck(engine.network());
    check.require("training", train);
    check.require("test", test);
    new MetricCheck(model).require(asked.metrics());
    try (Together together =
        asked.shared().map(all -> new Together(asked, all, engine, train, test)).orElse(null)) {
      long examples = together == null ? train.size() : together.examples();
      int processes = asked.processes();
      check.requireLargeEnough(
          asked.batches(),
          (examples + processes - 1) / processes,
          engine.learning()::lackOfExamples);
      long testExamples = together == null ? test.size() : together.testExamples();
      RunState identity =
          new RunState(
              asked,
              engine,
              train,
              test,
              together == null ? examples : together.trainExamples(),
              testExamples,
              asked.updatesOf(examples));
      if (together != null) {
        together.agree(identity, engine);
      }
      try (RunCheckpoints kept = RunCheckpoints.open(identity, asked.saving(), asked.isFirst());
          TrainingRun run =
              new TrainingRun(
                  model, engine, asked, train, test, kept, Optional.ofNullable(together))) {
        return run.go();
      }
    }
  }

  private History go() {
    Optional<Iterable<Batch>> left = checkpoints.resume(parts, exchange.map(Exchange::group));
    engine.sayWhetherMixed();
    try {
      told = told.from(progress.epoch() * told.steps() + progress.step());
      watchers.began(told);
      epochs(left.orElse(train));
      giveBack();
    } catch (RuntimeException | Error e) {
      tell(asked, e); // before this process does what takes its time
      try {
        hear(Optional.empty());
      } catch (RuntimeException | Error other) {
        Watchers.suppress(other, e);
      }
      try {
        giveBack();
      } catch (RuntimeException | Error other) {
        Watchers.suppress(other, e);
      }
      watchers.ended(Optional.of(e));
      throw e;
    }
    watchers.ended(Optional.empty());
    return new History(progress.done(), end == null ? History.End.COMPLETE : end);
  }

  private void giveBack() {
    engine.steps().keepGradients(false);
    updates.rest();
    best.giveBack();
  }

  /**
   * All that are left.
   *
   * @param first the batches of the first of them
   */
  private void epochs(Iterable<Batch> first) {
    Iterable<Batch> batches = first;
    if (exchange.isEmpty() && asked.limits().stopped().getAsBoolean()) {
      end = History.End.STOPPED; // while the run began
    }
    while (end == null && progress.epoch() < asked.batches().epochs()) {
      History.Epoch result = epoch(batches);
      batches = train;
      boolean whole = end == null;
      boolean better = best.judge(result.evaluation().loss());
      if (best.withoutProgress() >= asked.limits().patience() && whole) {
        end = History.End.NO_PROGRESS;
      }
      progress.epochDone(result);
      watchers.epoch(result);
      if (whole) {
        bringTogether();
        checkpoints.write(parts, better);
      }
      if (end == null && progress.epoch() < asked.batches().epochs()) {
        isOver(); // since the last step
      }
    }
  }

  private History.Epoch epoch(Iterable<Batch> batches) {
    long start = System.nanoTime();
    updates.learn();
    steps(batches);
    updates.rest();
    double loss = progress.meanLoss();
    Map<String, Double> losses = progress.meanLosses();
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    Evaluation evaluation = evaluation();
    Map<String, Double> measured = new LinkedHashMap<>();
    for (Metric metric : asked.metrics()) {
      measured.put(metric.name(), metric.value());
    }
    rates.epochEnded(evaluation.loss());
    return new History.Epoch(progress.epoch(), loss, evaluation, time, measured, losses);
  }

  private Evaluation evaluation() {
    if (exchange.isEmpty()) {
      return engine.scoring().evaluate(test, asked.metrics());
    }
    exchange.get().averageRemembered();
    exchange.get().compareWeights();
    exchange.get().wish(wish());
    return engine.scoring().evaluate(test, asked.metrics(), exchange.get());
  }

  private void steps(Iterable<Batch> batches) {
    for (Batch batch : batches) {
      if (updates.begins()) {
        rates.beforeStep();
      }
      exchange.ifPresent(this::beforeStep);
      engine.steps().keepGradients(watchers.wantGradients(told, progress.epoch(), progress.step()));
      StepLoss loss = step(batch);
      double lr = engine.requireOptimizer().learningRate();
      boolean kept = engine.steps().areGradientsKept();
      done.add(new DoneStep(loss, progress.step(), batch.size(), lr, train.from(), kept));
      progress.stepDone();
      if (loss.isKnown() || exchange.isEmpty() && System.nanoTime() - heard > SILENCE) {
        hear(Optional.of(batch));
      }
      if (isOver()) {
        bringTogether();
        hear(Optional.of(batch));
        checkpoints.write(parts, false); // before the evaluation: who goes on has not done it
        break;
      }
      if (checkpoints.isDue(progress.total()) && progress.step() < train.batches()) {
        bringTogether();
        hear(Optional.of(batch));
        checkpoints.write(parts, false); // after the epoch's last step its own follows
      }
    }
    hear(Optional.empty());
    engine.steps().finish(updates);
    hear(Optional.empty()); // in a group the last ones are known now
    engine.steps().keepGradients(false); // what that takes the evaluation may have
    Optional<String> empty = progress.withoutAny().filter(name -> end == null);
    if (empty.isPresent()) {
      OptionalLong ignored = empty.get().isEmpty() ? model.ignored() : model.ignored(empty.get());
      String advice = DivergenceAdvice.nothingCounts(empty.get(), ignored);
      double lr = engine.requireOptimizer().learningRate();
      throw divergence.of(progress.epoch(), progress.step() - 1, Float.NaN, lr, advice);
    }
  }

  /**
   * Reads the losses of all steps that were done since the last time, and tells of them.
   *
   * @param last the batch of the last one, while the loader has it
   */
  private void hear(Optional<Batch> last) {
    if (done.isEmpty()) {
      return;
    }
    engine.steps().readLosses();
    while (!done.isEmpty() && done.peek().loss().isKnown()) {
      DoneStep did = done.remove();
      float loss = did.loss().whole();
      Map<String, Float> losses = did.loss().parts();
      TrainingLog.Step step =
          new TrainingLog.Step(
              told, progress.epoch(), did.step(), sizeOf(did), loss, did.learningRate(), losses);
      watchers.step(step);
      if (did.leftGradients() && done.isEmpty()) {
        watchers.gradients(step);
      }
      if (!Float.isFinite(loss)) {
        boolean isLast = done.isEmpty();
        divergence.requireHarmless(did, last.filter(batch -> isLast), progress.epoch());
      }
      progress.lossKnown(loss, losses);
    }
    heard = System.nanoTime();
  }

  private StepLoss step(Batch batch) {
    try {
      return engine.steps().step(batch, updates);
    } catch (WrongExample e) {
      throw e.of("training", train::example);
    }
  }

  /** Whether the step that was done is the last, for what it takes; in a group for all of them. */
  private boolean isOver() {
    Optional<Wish> wanted = exchange.isPresent() ? exchange.get().common() : wish();
    wanted.ifPresent(some -> end = END.get(some));
    return end != null;
  }

  private Optional<Wish> wish() {
    if (asked.limits().stopped().getAsBoolean()) {
      return Optional.of(Wish.STOP);
    }
    if (asked
        .limits()
        .time()
        .filter(limit -> System.nanoTime() - began >= limit.toNanos())
        .isPresent()) {
      return Optional.of(Wish.TIME);
    }
    boolean isLarge =
        asked.limits().memory() != Long.MAX_VALUE
            && Pointer.physicalBytes() > asked.limits().memory();
    return isLarge ? Optional.of(Wish.MEMORY) : Optional.empty();
  }

  private void beforeStep(Exchange others) {
    others.begin(progress.total());
    others.wish(wish());
  }

  /** How many examples a step had, those of all processes of a group: some may have come again. */
  private int sizeOf(DoneStep step) {
    long rest = told.examples() - step.from() * asked.processes();
    return (int) Math.min(rest, (long) step.size() * asked.processes());
  }

  /** Before a checkpoint, which one of a group writes for all. */
  private void bringTogether() {
    if (exchange.isPresent() && asked.saving().isPresent()) {
      engine.steps().bringTogether(updates);
      exchange.get().averageRemembered();
      exchange.get().tellFirst();
    }
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
