package io.github.torchscribe.samples.tables;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.data.Transform;
import io.github.torchscribe.runtime.data.Transformed;
import io.github.torchscribe.runtime.data.Transforms;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.metric.Metrics;
import io.github.torchscribe.runtime.search.Search;
import io.github.torchscribe.runtime.search.SearchResult;
import io.github.torchscribe.runtime.search.Strategy;
import io.github.torchscribe.runtime.search.Trial;
import io.github.torchscribe.runtime.search.TrialOutcome;
import io.github.torchscribe.samples.ThreadsOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks for settings with which {@link Diabetes}, or {@link WideDiabetes}, learns best. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = "Settings are tried, the best longer: by successive halving, or otherwise.")
public final class SearchSample implements Callable<Integer> {
  /** In which order settings are tried. */
  private enum Kind {
    /** All combinations of some values of each. */
    GRID,
    /** By chance. */
    RANDOM,
    /** By chance, and the best for more epochs. */
    HALVING,
    /** Races that differ in how many begin. */
    HYPERBAND
  }

  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Keeps what was tried, and is gone on from (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("runs", "search");

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Kind kind = Kind.HALVING;

  @Option(
      names = "--configurations",
      paramLabel = "N",
      description = "How many are drawn by random and halving (default: ${DEFAULT-VALUE}).")
  private int configurations = 27;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How many the best are given (default: ${DEFAULT-VALUE}).")
  private int epochs = 54;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What settings and the division of the data are drawn from (default: 1).")
  private long seed = 1;

  private Dataset train;
  private Dataset validation;

  /** The sample. */
  public SearchSample() {}

  @Override
  public Integer call() throws IOException {
    threads.apply();
    try (Dataset patients = RegressionSample.bundled().numbers("progression")) {
      List<Subset> parts = Subset.split(patients, seed, 0.6, 0.2, 0.2);
      // Measured on what is learned from alone: all else is to be as new.
      Transform standardize = Transforms.standardize(parts.get(0));
      train = new Transformed(parts.get(0), seed, standardize);
      validation = new Transformed(parts.get(1), seed, standardize);
      SearchResult found =
          Search.in(folder)
              .logUniform("learning rate", 1e-3, 1)
              .choice("batch size", 8, 16, 32, 64)
              .choice("network", "16 neurons", "64 neurons")
              .maximize("R²")
              .seed(seed)
              .run(strategy(), this::rSquared);
      if (found.isComplete()) {
        say(found.best(), new Transformed(parts.get(2), seed, standardize));
      }
    }
    return 0;
  }

  private Strategy strategy() {
    return switch (kind) {
      case GRID -> Strategy.grid(epochs, 4);
      case RANDOM -> Strategy.random(configurations, epochs);
      case HALVING -> Strategy.successiveHalving(configurations, Math.max(1, epochs / 27), epochs);
      case HYPERBAND -> Strategy.hyperband(epochs);
    };
  }

  /** Goes on where fewer epochs had come to, and where the search was interrupted. */
  private double rSquared(Trial trial) {
    try (Model model = model(trial.text("network"), trial.seed())) {
      Trainer trainer =
          Trainer.of(model)
              .epochs(trial.epochs())
              .learningRate(trial.number("learning rate"))
              .batchSize(trial.integer("batch size"))
              .metric(Metrics.rSquared())
              .checkpoints(Checkpoints.in(trial.folder()))
              .resume()
              .stopOnSignal();
      History history = trial.whole(trainer.run(train, validation));
      return history.last().metrics().get("R²");
    }
  }

  private static Model model(String network, long seed) {
    return network.equals("16 neurons")
        ? DiabetesModel.create(seed)
        : WideDiabetesModel.create(seed);
  }

  /** What the weights of the best one say of patients that played no part in the choice. */
  private void say(TrialOutcome best, Dataset test) {
    Metric metric = Metrics.rSquared();
    try (Model model = model((String) best.settings().get("network"), best.seed())) {
      Trainer.of(model)
          .epochs(best.epochs())
          .learningRate((double) best.settings().get("learning rate"))
          .batchSize((int) best.settings().get("batch size"))
          .run(train, validation);
      model.evaluate(test, List.of(metric));
    }
    System.out.printf(Locale.ROOT, "R² on patients that nobody looked at: %.3f%n", metric.value());
  }
}
