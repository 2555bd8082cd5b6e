package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.engine.Learning;
import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.generated.Signature;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.generated.TrainingDefaults;
import io.github.torchscribe.runtime.learner.DivergedException;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.metric.Metrics;
import io.github.torchscribe.runtime.train.RunPlan;
import io.github.torchscribe.runtime.train.SignalStop;
import io.github.torchscribe.runtime.train.TrainingRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Trains a model: epochs of steps over the training data, an evaluation after each. What is not set
 * here is as the network's annotations say; what is set while a run goes on holds for the next.
 *
 * <pre>{@code
 * History history = Trainer.of(model).epochs(5).learningRate(0.1).log(new ConsoleLog()).run(train, test);
 * }</pre>
 */
public final class Trainer {
  private final Model model;
  private final List<TrainingLog> logs = new ArrayList<>();
  private int epochs;
  private int batchSize;
  private boolean shuffle;
  private boolean dropLast;
  private Optional<Boolean> resident = Optional.empty();
  private double maxNorm = Double.POSITIVE_INFINITY;
  private double maxValue = Double.POSITIVE_INFINITY;
  private int accumulated = 1;
  private OptionalDouble decay = OptionalDouble.empty();
  private final List<String> frozen = new ArrayList<>();
  private final Map<String, Double> rates = new LinkedHashMap<>();
  private final List<Metric> metrics = new ArrayList<>();
  private int patience = Integer.MAX_VALUE;
  private boolean restoresBest;
  private Duration timeLimit;
  private long memoryLimit = Long.MAX_VALUE;
  private Checkpoints checkpoints;
  private boolean resumes;
  private OptionalLong splitSeed = OptionalLong.empty();
  private Optional<Group> group = Optional.empty();
  private boolean ownExamples;
  private boolean ownTestExamples;
  private boolean shardsOptimizer;
  private boolean stopsOnSignal;
  private volatile boolean stopped;

  private Trainer(Model model) {
    this.model = model;
    TrainingDefaults settings = model.engine().network().training();
    epochs = settings.epochs();
    batchSize = settings.batchSize();
    shuffle = settings.shuffle();
  }

  /**
   * A trainer with the settings of the model's annotations.
   *
   * @param model is trained
   * @return a trainer that logs nothing yet
   */
  public static Trainer of(Model model) {
    return new Trainer(model);
  }

  /**
   * How often the training data are gone through.
   *
   * @param count at least 1
   * @return this trainer
   */
  public Trainer epochs(int count) {
    epochs = atLeastOne("the number of epochs", count);
    return this;
  }

  /**
   * Examples per step, and per step of the evaluation.
   *
   * @param count at least 1
   * @return this trainer
   */
  public Trainer batchSize(int count) {
    batchSize = atLeastOne("the batch size", count);
    return this;
  }

  /**
   * Whether each epoch sees the training data in a new random order.
   *
   * @param on or off
   * @return this trainer
   */
  public Trainer shuffle(boolean on) {
    shuffle = on;
    return this;
  }

  /**
   * Whether the last batch of an epoch is left out where it is smaller than the others, {@code
   * drop_last}.
   *
   * @param on false unless stated otherwise
   * @return this trainer
   */
  public Trainer dropLast(boolean on) {
    dropLast = on;
    return this;
  }

  /**
   * Whether the data are brought to the model's device, all of them, before the first epoch, and
   * batches gathered there.
   *
   * @param on unless stated otherwise where {@link
   *     io.github.torchscribe.runtime.data.DataLoader#resident} says
   * @return this trainer
   */
  public Trainer resident(boolean on) {
    resident = Optional.of(on);
    return this;
  }

  /**
   * The optimizer's step size.
   *
   * @param lr a finite number above 0
   * @return this trainer
   */
  public Trainer learningRate(double lr) {
    model.learningRate(lr);
    return this;
  }

  /**
   * At which rate a part learns: the optimizer's, as schedules have it, times a factor. PyTorch's
   * {@code param_groups}, each with an {@code lr} of its own; {@code @LearningRate} says it of
   * every run. Where several patterns mean one parameter, their factors are multiplied. What is
   * frozen stays so: {@code @Frozen} is for good, {@link #freeze} for the runs of one trainer.
   *
   * @param pattern names of parameters: {@code *} stands for anything, the name of a part for all
   *     that is in it
   * @param factor a finite number above 0
   * @return this trainer
   * @throws IllegalArgumentException when no parameter is called so, or all that are called so are
   *     {@code @Frozen}; a run throws it where this trainer freezes them all
   */
  public Trainer learningRate(String pattern, double factor) {
    rates.put(
        Learning.learning(model.engine().network(), pattern),
        aboveZero("the factor of the learning rate", factor));
    return this;
  }

  /**
   * Lets parts stay as they are, bit for bit: the optimizer leaves them alone, they count in no
   * norm of the gradient, and batch norms that are frozen evaluate. Where all is frozen that stands
   * before a part of the network, a method or a network inside, nothing is computed backward below
   * that. What {@code @Frozen} freezes costs neither time nor memory, wherever it stands.
   *
   * @param patterns names of parameters: {@code *} stands for anything, the name of a part for all
   *     that is in it
   * @return this trainer
   * @throws IllegalArgumentException when no parameter is called so
   */
  public Trainer freeze(String... patterns) {
    for (String pattern : patterns) {
      frozen.add(Learning.required(model.engine().network(), pattern));
    }
    return this;
  }

  /**
   * Limits the gradient of all parameters together, {@code torch.nn.utils.clip_grad_norm_}: g ←
   * g·min(1, max/(‖g‖₂ + 10⁻⁶)).
   *
   * @param max a number above 0
   * @return this trainer
   */
  public Trainer clipGradNorm(double max) {
    maxNorm = aboveZero("the largest norm of a gradient", max);
    return this;
  }

  /**
   * Limits each number of the gradient, {@code torch.nn.utils.clip_grad_value_}.
   *
   * @param max a number above 0: every gradient is brought between −max and max
   * @return this trainer
   */
  public Trainer clipGradValue(double max) {
    maxValue = aboveZero("the largest value of a gradient", max);
    return this;
  }

  /**
   * Takes the mean gradient of several batches for one update, as if they were one batch: examples
   * count the same also where a batch has fewer, and targets as much as in the loss. What is left
   * at the end of an epoch makes an update of its own, as the smaller last batch would. Of several
   * losses, of each of which other targets may count, it is the mean over examples: as one batch it
   * is where all targets count alike.
   *
   * @param batches at least 1
   * @return this trainer
   */
  public Trainer accumulate(int batches) {
    accumulated = atLeastOne("the number of batches for an update", batches);
    return this;
  }

  /**
   * Averages what is learned: average ← decay·average + (1 − decay)·learned after each update, and
   * what was learned after the first. What is measured, found best, kept and given back is the
   * average, while training goes on with what was learned; buffers, such as running means, are as
   * training leaves them. PyTorch's {@code AveragedModel(model,
   * multi_avg_fn=get_ema_multi_avg_fn(decay))}. Takes the memory of the parameters once more.
   *
   * @param decay from 0 to less than 1; an average of about 1/(1 − decay) updates
   * @return this trainer
   */
  public Trainer ema(double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "the decay of the average must be from 0 to less than 1 but is " + decay);
    }
    this.decay = OptionalDouble.of(decay);
    return this;
  }

  /**
   * Tells a log of all that happens. What it throws does not end the run, which goes on without it
   * and says so in the system's log, with the one exception of an {@link AssertionError}.
   *
   * @param log is told
   * @return this trainer
   */
  public Trainer log(TrainingLog log) {
    logs.add(log);
    return this;
  }

  /**
   * Measures something on the test data after each epoch, besides loss and accuracy.
   *
   * @param metric is told of each batch
   * @return this trainer
   * @throws IllegalArgumentException when one is already called so
   */
  public Trainer metric(Metric metric) {
    if (metrics.stream().anyMatch(other -> other.name().equals(metric.name()))) {
      throw new IllegalArgumentException(
          "there is already a metric called " + metric.name() + ": one would hide the other");
    }
    metrics.add(metric);
    return this;
  }

  /**
   * Measures something of one of several outputs on the test data after each epoch.
   *
   * @param output its name; in histories and logs it stands before the metric's, as {@code kind F1}
   * @param metric is told of each batch
   * @return this trainer
   * @throws IllegalArgumentException when one is already called so
   */
  public Trainer metric(String output, Metric metric) {
    return metric(Metrics.of(output, metric));
  }

  /**
   * Ends the run when the loss on the test data has not become lower for some epochs.
   *
   * @param patience how many, at least 1
   * @return this trainer
   */
  public Trainer earlyStopping(int patience) {
    this.patience = atLeastOne("the patience", patience);
    return this;
  }

  /**
   * At the end of the run, also of one that fails, goes back to the parameters with which the loss
   * on the test data was lowest.
   *
   * @return this trainer
   */
  public Trainer restoreBest() {
    restoresBest = true;
    return this;
  }

  /**
   * Ends the run after the step at which a time is over; what was learned until then is evaluated.
   *
   * @param time above 0
   * @return this trainer
   */
  public Trainer timeLimit(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("the time limit must be above 0 but is " + time);
    }
    timeLimit = time;
    return this;
  }

  /**
   * Ends the run after the step at which the process has more memory than it should; what was
   * learned until then is evaluated.
   *
   * @param bytes of physical memory, at least 1
   * @return this trainer
   */
  public Trainer memoryLimit(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "the memory limit must be at least 1 byte but is " + bytes);
    }
    memoryLimit = bytes;
    return this;
  }

  /**
   * What each class weighs in the loss, in place of what {@code @CrossEntropyLoss(weight = …)}
   * says; for data that know it better than the source.
   *
   * @param weights a number of at least 0 for each class
   * @return this trainer
   * @throws IllegalStateException when the network's loss states no weights that these could
   *     replace
   */
  public Trainer classWeights(double... weights) {
    Signature signature = model.engine().network().signature();
    return classWeights(signature.requireLoss().name(), weights);
  }

  /**
   * The same for one of several losses.
   *
   * @param loss the name of what has it
   * @param weights a number of at least 0 for each class
   * @return this trainer
   * @throws IllegalArgumentException when there is no loss of that name
   * @throws IllegalStateException when it states no weights that these could replace
   */
  public Trainer classWeights(String loss, double... weights) {
    Network network = model.engine().network();
    StatedLoss stated = network.signature().requireLoss(loss);
    ClassWeights.check(network.name(), stated, weights);
    model.engine().classWeights(network.signature().losses().indexOf(stated), weights);
    return this;
  }

  /**
   * Writes checkpoints, from which a run can go on as if it had never stopped.
   *
   * @param checkpoints when and where
   * @return this trainer
   */
  public Trainer checkpoints(Checkpoints checkpoints) {
    this.checkpoints = checkpoints;
    return this;
  }

  /**
   * Goes on from the newest checkpoint that is whole, bit for bit, also from the middle of an
   * epoch; where there is none the run begins anew. Network, data and all that decides what is
   * learned must be the same, also the learning rate that the run began with; else it says what has
   * changed. As they are now hold the number of epochs (unless a schedule spans the whole run),
   * clipping, early stopping, limits, metrics and logs.
   *
   * @return this trainer
   * @throws IllegalStateException when it was not said where {@linkplain #checkpoints checkpoints}
   *     are
   */
  public Trainer resume() {
    if (checkpoints == null) {
      throw new IllegalStateException("say where checkpoints are before going on from one");
    }
    resumes = true;
    return this;
  }

  /**
   * Trains with the other processes of a group, as PyTorch's {@code DistributedDataParallel}: each
   * computes the gradients of its part of a batch, and all update with those of the whole batch, so
   * that their weights stay the same. {@linkplain #batchSize The batch size} is that of each
   * process: N of them with batches of n learn what one does with batches of N·n. Weights at the
   * beginning are rank 0's; every epoch is divided as by {@code DistributedSampler}; evaluations
   * are those of one process, to which each contributes some rows of every batch. Running
   * statistics of batch norms are averaged before each evaluation and checkpoint, unless they are
   * those of all ranks ({@code sync = true}); dropout differs between ranks.
   *
   * <p>Rank 0 writes checkpoints and tells logs, unless one is of {@linkplain
   * TrainingLog#everyRank() every rank}; a run that goes on does so from rank 0's checkpoint, also
   * with another number of processes, whose batches are together as large as before. Where one
   * wants to stop, runs out of time or sees no progress, all do. All run the same program: what
   * differs is said before the first step. A run throws {@link
   * io.github.torchscribe.runtime.distributed.GroupException} when a rank fails, goes or differs.
   *
   * <p>Of several losses, of each of which other targets may count, the gradient is the mean over
   * examples, as with {@link #accumulate}: as one process has it where all targets count alike.
   *
   * @param group with one process all is as without
   * @return this trainer
   */
  public Trainer distributed(Group group) {
    this.group = Optional.of(group).filter(some -> some.size() > 1);
    return this;
  }

  /**
   * Whether the training data of each process of a group are its own part, rather than all of which
   * each takes a part. Epochs are as long as the largest part; smaller ones begin again, so that
   * all do as many steps.
   *
   * @param on false unless stated otherwise
   * @return this trainer
   */
  public Trainer ownExamples(boolean on) {
    ownExamples = on;
    return this;
  }

  /**
   * Whether the test data of each process of a group are its own part, rather than all of which
   * each evaluates a part. Parts may differ in size: each example counts once.
   *
   * @param on false unless stated otherwise
   * @return this trainer
   */
  public Trainer ownTestExamples(boolean on) {
    ownTestExamples = on;
    return this;
  }

  /**
   * Whether the processes of a group divide what the optimizer remembers: each has its part, does
   * that part of each step and gives the others what came of it, PyTorch's {@code
   * ZeroRedundancyOptimizer}. Weights are those of a run without, bit for bit; N processes need an
   * Nth of the memory each, and send half as much again. A checkpoint has all of it: any number of
   * processes can go on from that, with this or without. When the run is over the optimizer has
   * forgotten what it remembered, so that another run begins anew unless it goes on from a
   * checkpoint.
   *
   * @param on false unless stated otherwise; with one process all is as without. An optimizer that
   *     looks at all parameters at once, as LBFGS does and one of your own may, refuses when the
   *     run begins
   * @return this trainer
   */
  public Trainer shardOptimizer(boolean on) {
    shardsOptimizer = on;
    return this;
  }

  /**
   * Ends the run after the step that is being done; what was learned until then is evaluated. After
   * an epoch no other is begun. For logs, and for other threads.
   */
  public void stop() {
    stopped = true;
  }

  /**
   * While a run goes on, lets SIGINT, SIGTERM and another thread's {@code System.exit} end it after
   * the step that is being done, with a checkpoint where there are any, instead of ending the
   * process in the middle of one. A second signal ends that at once. {@code System.exit} in a log,
   * a metric or a dataset ends the process at once: such a run can do no further step.
   *
   * @return this trainer
   */
  public Trainer stopOnSignal() {
    stopsOnSignal = true;
    return this;
  }

  /**
   * Trains on a part of the data and evaluates on the rest.
   *
   * @param data to learn from
   * @param validation the share that is evaluated on, above 0 and below 1; it is chosen at random,
   *     from the model's seed, which a run that goes on must have, too
   * @return what each epoch came to
   */
  public History run(Dataset data, double validation) {
    long seed =
        group.map(all -> Long.parseLong(all.texts("" + model.seed()).get(0))).orElse(model.seed());
    List<Subset> parts = Subset.split(data, seed, 1 - validation, validation);
    try {
      splitSeed = OptionalLong.of(seed);
      return run(parts.get(0), parts.get(1));
    } finally {
      splitSeed = OptionalLong.empty();
      parts.forEach(Subset::close);
    }
  }

  /**
   * Trains.
   *
   * @param train learned from
   * @param test evaluated on after each epoch
   * @return what each epoch came to
   * @throws DivergedException when the loss becomes NaN or infinite
   * @throws IllegalStateException when the model or the data are closed, or the folder for
   *     checkpoints has some of another run, and this is not to go on from them
   * @throws IllegalArgumentException when the data do not fit the network
   */
  public History run(Dataset train, Dataset test) {
    stopped = false;
    SignalStop signals = stopsOnSignal ? new SignalStop(this::stop) : null;
    try (signals) {
      return TrainingRun.run(model, model.engine(), plan(), train, test);
    }
  }

  private RunPlan plan() {
    return new RunPlan(
        new RunPlan.Batches(epochs, batchSize, shuffle, dropLast, resident),
        new RunPlan.Gradients(maxNorm, maxValue, accumulated),
        decay,
        List.copyOf(frozen),
        Map.copyOf(rates),
        new RunPlan.Limits(patience, Optional.ofNullable(timeLimit), memoryLimit, () -> stopped),
        Optional.ofNullable(checkpoints).map(some -> some.saving(resumes)),
        restoresBest,
        List.copyOf(metrics),
        List.copyOf(logs),
        splitSeed,
        group.map(some -> new RunPlan.Shared(some, ownExamples, haveOwnTests(), shardsOptimizer)));
  }

  /** Also where tests are taken from training data that each has of its own. */
  private boolean haveOwnTests() {
    return ownTestExamples || ownExamples && splitSeed.isPresent();
  }

  static double aboveZero(String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " must be a number above 0 but is " + value);
    }
    return value;
  }

  private static int atLeastOne(String what, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(what + " must be at least 1 but is " + count);
    }
    return count;
  }
}
