package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorSpec;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains a model: epochs of steps over the training data, an evaluation after each. What is not set
 * here is as the network's annotations say.
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
  private double maxNorm = Double.POSITIVE_INFINITY;
  private double maxValue = Double.POSITIVE_INFINITY;
  private int accumulated = 1;

  private Trainer(Model model) {
    this.model = model;
    Blueprint.Settings settings = model.blueprint().settings();
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
   * The optimizer's step size.
   *
   * @param lr a finite number above 0
   * @return this trainer
   */
  public Trainer learningRate(double lr) {
    model.engine().requireOptimizer().learningRate(aboveZero("the learning rate", lr));
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
   * Takes the mean gradient of several batches for one update, as if they were one batch. What is
   * left at the end of an epoch makes a smaller update.
   *
   * @param batches at least 1
   * @return this trainer
   */
  public Trainer accumulate(int batches) {
    accumulated = atLeastOne("the number of batches for an update", batches);
    return this;
  }

  /**
   * Tells a log of all that happens.
   *
   * @param log is told
   * @return this trainer
   */
  public Trainer log(TrainingLog log) {
    logs.add(log);
    return this;
  }

  /**
   * Trains.
   *
   * @param train learned from
   * @param test evaluated on after each epoch
   * @return what each epoch came to
   * @throws DivergedException when the loss becomes NaN or infinite
   * @throws IllegalArgumentException when the data do not fit the network
   */
  public History run(Dataset train, Dataset test) {
    model.engine().requireOptimizer();
    check("training", train);
    check("test", test);
    List<History.Epoch> done = new ArrayList<>();
    try (DataLoader trainLoader = loader(train);
        DataLoader testLoader =
            DataLoader.sequential(test, batchSize, model.engine().randomness(), model.device());
        Rates rates =
            new Rates(
                model.engine().requireOptimizer(),
                model.blueprint().schedules(),
                epochs * ((trainLoader.batches() + accumulated - 1) / accumulated));
        Updates updates = new Updates(maxNorm, maxValue, accumulated)) {
      TrainingLog.Run run =
          new TrainingLog.Run(model, train, test, epochs, trainLoader.batchSize(), shuffle);
      logs.forEach(log -> log.began(run));
      for (int epoch = 0; epoch < epochs; epoch++) {
        long began = System.nanoTime();
        double loss = epoch(run, epoch, trainLoader, rates, updates);
        Duration time = Duration.ofNanos(System.nanoTime() - began);
        History.Epoch result = new History.Epoch(epoch, loss, model.evaluate(testLoader), time);
        rates.epochEnded(result.evaluation().loss());
        done.add(result);
        logs.forEach(log -> log.epoch(result));
      }
      logs.forEach(log -> log.ended(Optional.empty()));
    } catch (RuntimeException | Error e) {
      logs.forEach(log -> log.ended(Optional.of(e)));
      throw e;
    }
    return new History(done);
  }

  private double epoch(
      TrainingLog.Run run, int epoch, DataLoader loader, Rates rates, Updates updates) {
    double sum = 0;
    int step = 0;
    for (Batch batch : loader) {
      if (updates.begins()) {
        rates.beforeStep();
      }
      float loss = model.step(batch, updates);
      double lr = model.engine().requireOptimizer().learningRate();
      TrainingLog.Step done = new TrainingLog.Step(run, epoch, step, batch.size(), loss, lr);
      for (TrainingLog log : logs) {
        log.step(done);
      }
      if (!Float.isFinite(loss)) {
        throw new DivergedException(model.name(), epoch, step, loss, lr, loader.notFinite(batch));
      }
      sum += loss;
      step++;
    }
    model.engine().finish(updates);
    return sum / step;
  }

  private DataLoader loader(Dataset train) {
    return shuffle
        ? DataLoader.shuffled(train, batchSize, model.engine().randomness(), model.device())
        : DataLoader.sequential(train, batchSize, model.engine().randomness(), model.device());
  }

  private void check(String which, Dataset data) {
    Blueprint.Loss loss = model.blueprint().requireLoss();
    if (!loss.targets().accept(data.targets())) {
      throw new IllegalArgumentException(
          String.format(
              "the targets of the %s data are %s, but %s of %s takes %s",
              which, data.targets(), loss.text(), model.name(), loss.targets()));
    }
    TensorSpec input = model.blueprint().input();
    if (!input.accept(data.inputs())) {
      throw new IllegalArgumentException(
          String.format(
              "the examples of the %s data are %s, but %s takes %s",
              which, data.inputs(), model.name(), input));
    }
  }

  private static double aboveZero(String what, double value) {
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
