package io.github.torchscribe.samples.tables;

import static io.github.torchscribe.runtime.data.Column.category;
import static io.github.torchscribe.runtime.data.Column.number;

import io.github.torchscribe.runtime.Example;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Csv;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Encoder;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.metric.Metrics;
import io.github.torchscribe.samples.RunOptions;
import io.github.torchscribe.samples.WatchOptions;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Trains {@link Penguins} on a table of 344 (palmerpenguins, CC0; Gorman, Williams, Fraser, 2014).
 */
@Command(
    name = "tabular",
    mixinStandardHelpOptions = true,
    description = "Numbers and words of a CSV file, some missing: how heavy penguins are.")
public final class TabularSample implements Callable<Integer> {
  private static final int PATIENCE = 20;
  private static final Map<String, String> ASKED =
      Map.of(
          "species", "Adelie",
          "island", "Torgersen",
          "sex", "female",
          "bill_length_mm", "39.5",
          "bill_depth_mm", "",
          "flipper_length_mm", "186");

  @Mixin private RunOptions options = new RunOptions();
  @Mixin private WatchOptions watch = new WatchOptions();

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Keeps the weights, and what was learned of the columns, in a file.")
  private Path file;

  /** The sample, with what the network's annotations say as defaults. */
  public TabularSample() {
    options.epochs = 200;
    options.batchSize = 32;
  }

  @Override
  public Integer call() throws IOException {
    options.applyThreads();
    List<Csv> parts = table().split(options.seed, 0.6, 0.2, 0.2);
    Encoder encoder = encoder(parts.get(0));
    try (Model model = PenguinsModel.create(options.seed);
        Dataset train = encoder.dataset(parts.get(0));
        Dataset validation = encoder.dataset(parts.get(1));
        Dataset test = encoder.dataset(parts.get(2))) {
      System.out.println(model.summary());
      model.to(options.device());
      Trainer trainer =
          Trainer.of(model)
              .epochs(options.epochs)
              .batchSize(options.batchSize)
              .earlyStopping(PATIENCE)
              .restoreBest()
              .metric(Metrics.rSquared());
      watch.logs().forEach(trainer::log);
      trainer.run(train, validation);
      say("R² on penguins that it has not seen: %.3f%n", rSquared(model, test));
      ask(model, encoder);
    }
    return 0;
  }

  /** Learned from the training data alone: the others are to be as new. */
  private static Encoder encoder(Csv train) {
    return train
        .input(
            "sizes",
            number("bill_length_mm").missingAsMedian().standardized(),
            number("bill_depth_mm").missingAsMedian().standardized(),
            number("flipper_length_mm").missingAsMedian().standardized())
        .input("species", category("species").unknownAsZero())
        .input("island", category("island").unknownAsZero())
        .input("sex", category("sex").missingAs("not known").unknownAsZero())
        .target("mass", number("body_mass_g").standardized())
        .encoder();
  }

  private double rSquared(Model model, Dataset test) {
    Metric metric = Metrics.rSquared();
    try (DataLoader loader =
        DataLoader.sequential(test, options.batchSize, null, options.device())) {
      model.evaluate(loader, List.of(metric));
    }
    return metric.value();
  }

  /** From the file alone, which knows words and fills what is missing. */
  private void ask(Model trained, Encoder encoder) throws IOException {
    Path weights = file == null ? Files.createTempFile("penguins", ".safetensors") : file;
    trained.save(weights, encoder.metadata());
    Encoder again = Encoder.in(weights);
    try (Model model = PenguinsModel.create(0).load(weights);
        Predictor predictor = model.predictor()) {
      float[] mass = predictor.predict(Example.of(again, ASKED)).get("mass");
      say(
          "An Adelie of Torgersen, female, bill 39.5 mm long, of unknown depth, flipper 186 mm:"
              + " %.0f g%n",
          again.decode("mass", mass)[0]);
    } finally {
      if (file == null) {
        Files.delete(weights);
      }
    }
  }

  private static void say(String format, Object... what) {
    System.out.printf(Locale.ROOT, format, what);
  }

  /** R writes NA where something is not known; of two penguins that is the weight. */
  private static Csv table() throws IOException {
    try (Reader bundled =
        new InputStreamReader(
            TabularSample.class.getResourceAsStream("/csv/penguins.csv"), StandardCharsets.UTF_8)) {
      return Csv.read("penguins.csv", bundled, ',').missing("NA").withoutEmpty("body_mass_g");
    }
  }
}
