package io.github.torchscribe.benchmarks;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Mnist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a checkpoint after every hundred steps costs: runs of the main job's network, of which every
 * second one writes them, so that a machine with slow and fast phases has both ways in each.
 *
 * <p>Arguments: pairs of runs, epochs of a run, an empty folder for checkpoints. Prints the seconds
 * of each pair, and the median of their ratios.
 */
public final class CheckpointBenchmark {
  private static final int STEPS = 100;

  private CheckpointBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   * @throws IOException when the folder cannot be written
   */
  public static void main(String[] args) throws IOException {
    int pairs = Integer.parseInt(args[0]);
    int epochs = Integer.parseInt(args[1]);
    Path folder = Files.createDirectories(Path.of(args[2]));
    List<Double> ratios = new ArrayList<>();
    try (MlpModel model = MlpModel.create();
        Mnist train = Mnist.train();
        Mnist test = Mnist.test()) {
      Trainer alone = Trainer.of(model).epochs(epochs);
      Trainer kept =
          Trainer.of(model).epochs(epochs).checkpoints(Checkpoints.in(folder).everySteps(STEPS));
      seconds(alone, train, test); // warms up
      empty(folder);
      seconds(kept, train, test);
      for (int i = 0; i < pairs; i++) {
        boolean first = i % 2 == 0; // whichever is first may have the warmer machine
        double before = first ? seconds(alone, train, test) : 0;
        empty(folder);
        double with = seconds(kept, train, test);
        double without = first ? before : seconds(alone, train, test);
        ratios.add(with / without);
        System.out.printf(Locale.ROOT, "%.3f s alone, %.3f s with checkpoints%n", without, with);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "median of the ratios: %.3f%n",
        ratios.stream().sorted().toList().get(ratios.size() / 2));
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static double seconds(Trainer trainer, Mnist train, Mnist test) {
    long began = System.nanoTime();
    trainer.run(train, test);
    return (System.nanoTime() - began) / 1e9;
  }
}
