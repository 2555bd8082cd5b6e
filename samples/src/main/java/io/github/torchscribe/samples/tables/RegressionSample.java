package io.github.torchscribe.samples.tables;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Csv;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.data.Transform;
import io.github.torchscribe.runtime.data.Transformed;
import io.github.torchscribe.runtime.data.Transforms;
import io.github.torchscribe.runtime.metric.Metrics;
import io.github.torchscribe.samples.RunOptions;
import io.github.torchscribe.samples.WatchOptions;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Trains {@link Diabetes} on a table of 442 patients (Efron, Hastie, Johnstone, Tibshirani, 2004).
 */
@Command(
    name = "regression",
    mixinStandardHelpOptions = true,
    description = "A CSV file, a network for numbers: how diabetes progresses, R² about 0.4.")
public final class RegressionSample implements Callable<Integer> {
  private static final double TEST_SHARE = 0.25;

  @Mixin private RunOptions options = new RunOptions();
  @Mixin private WatchOptions watch = new WatchOptions();

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "A table with ten columns of measurements and 'progression' (default: the bundled one).")
  private Path file;

  /** The sample, with what the network's annotations say as defaults. */
  public RegressionSample() {
    options.epochs = 60;
    options.batchSize = 32;
  }

  @Override
  public Integer call() throws IOException {
    options.applyThreads();
    try (Model model = DiabetesModel.create(options.seed);
        Dataset patients = (file == null ? bundled() : Csv.read(file)).numbers("progression")) {
      List<Subset> parts = Subset.split(patients, options.seed, 1 - TEST_SHARE, TEST_SHARE);
      // Measured on what is learned from alone: the test data are to be as new.
      Transform standardize = Transforms.standardize(parts.get(0));
      System.out.println(model.summary());
      model.to(options.device());
      Trainer trainer =
          Trainer.of(model)
              .epochs(options.epochs)
              .batchSize(options.batchSize)
              .metric(Metrics.rSquared())
              .metric(Metrics.meanAbsoluteError());
      watch.logs().forEach(trainer::log);
      trainer.run(
          new Transformed(parts.get(0), options.seed, standardize),
          new Transformed(parts.get(1), options.seed, standardize));
    }
    return 0;
  }

  /**
   * The table of the 442 patients.
   *
   * @return ten columns of measurements and {@code progression}
   * @throws IOException if it cannot be read
   */
  public static Csv bundled() throws IOException {
    try (Reader bundled =
        new InputStreamReader(
            RegressionSample.class.getResourceAsStream("/csv/diabetes.csv"),
            StandardCharsets.UTF_8)) {
      return Csv.read("diabetes.csv", bundled, ',');
    }
  }
}
