package io.github.torchscribe.benchmarks;

import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.visdom.VisdomLogger;
import io.github.torchscribe.tensorboard.TensorBoardLogger;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an epoch costs more when it is watched: one run, in which a log is told of every second
 * block of epochs, so that a machine with slow and fast phases has both ways in each.
 *
 * <p>Arguments: a Visdom server's address, or a folder for TensorBoard; epochs. Prints the median
 * seconds of an epoch with its evaluation as {@code alone watched}.
 */
public final class WatchedBenchmark {
  private static final int BLOCK = 2;

  private WatchedBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   */
  public static void main(String[] args) {
    Gate gate =
        new Gate(
            args[0].startsWith("http")
                ? VisdomLogger.to(URI.create(args[0]))
                : TensorBoardLogger.to(Path.of(args[0])));
    try (MlpModel model = MlpModel.create();
        Mnist train = Mnist.train();
        Mnist test = Mnist.test()) {
      Trainer.of(model).epochs(Integer.parseInt(args[1])).log(gate).run(train, test);
    }
    System.out.printf(
        Locale.ROOT, "%.4f %.4f%n", median(gate.seconds.get(0)), median(gate.seconds.get(1)));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** Lets every second block of epochs through, and times all. */
  private static final class Gate implements TrainingLog {
    private final TrainingLog log;
    private final List<List<Double>> seconds = List.of(new ArrayList<>(), new ArrayList<>());
    private long began;

    Gate(TrainingLog log) {
      this.log = log;
    }

    private static boolean isOpen(int epoch) {
      return epoch / BLOCK % 2 == 1;
    }

    @Override
    public void began(Run run) {
      log.began(run);
    }

    @Override
    public void step(Step step) {
      if (isOpen(step.epoch())) {
        log.step(step);
      }
    }

    @Override
    public boolean wantsGradients(Run run, int epoch, int number) {
      return isOpen(epoch) && log.wantsGradients(run, epoch, number);
    }

    @Override
    public void gradients(Step step) {
      log.gradients(step);
    }

    @Override
    public void epoch(History.Epoch epoch) {
      if (isOpen(epoch.number())) {
        log.epoch(epoch);
      }
      long now = System.nanoTime();
      if (epoch.number() >= 2 * BLOCK) { // the first ones also warm up
        seconds.get(isOpen(epoch.number()) ? 1 : 0).add((now - began) / 1e9);
      }
      began = now;
    }

    @Override
    public void ended(Optional<Throwable> failure) {
      log.ended(failure);
    }
  }
}
