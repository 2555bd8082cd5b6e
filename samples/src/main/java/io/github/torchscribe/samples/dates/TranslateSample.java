package io.github.torchscribe.samples.dates;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.samples.CheckpointOptions;
import io.github.torchscribe.samples.RunOptions;
import io.github.torchscribe.samples.WatchOptions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains {@link Translator} on dates that it makes, and translates others. */
@Command(
    name = "translate",
    mixinStandardHelpOptions = true,
    description = "An encoder and a decoder translate written dates to ISO 8601.")
public final class TranslateSample implements Callable<Integer> {
  private static final int SHOWN = 8;

  @Mixin private RunOptions options = new RunOptions();
  @Mixin private WatchOptions watch = new WatchOptions();
  @Mixin private CheckpointOptions checkpoints = new CheckpointOptions();

  @Option(
      names = "--examples",
      paramLabel = "N",
      description = "How many dates it learns from (default: ${DEFAULT-VALUE}).")
  private int examples = 30_000;

  @Option(
      names = "--test-examples",
      paramLabel = "N",
      description = "How many dates of other days test it (default: ${DEFAULT-VALUE}).")
  private int testExamples = 2_000;

  @Option(
      names = "--translate",
      paramLabel = "TEXT",
      description = "A date of your own to translate at the end; may be repeated.")
  private List<String> own = List.of();

  /** The sample, with what the network's annotations say as defaults. */
  public TranslateSample() {
    options.epochs = 5;
    options.batchSize = 64;
  }

  @Override
  public Integer call() {
    options.applyThreads();
    own.forEach(text -> Letters.indices(text, Translator.LENGTH)); // refused now, not at the end
    Dates.Split dates = Dates.draw(examples, testExamples, options.seed);
    try (Model model = TranslatorModel.create(options.seed)) {
      System.out.println(model.summary());
      model.to(options.device());
      Trainer trainer =
          Trainer.of(model)
              .epochs(options.epochs)
              .batchSize(options.batchSize)
              .metric(new WholeTexts());
      watch.logs().forEach(trainer::log);
      checkpoints.apply(trainer);
      checkpoints.explain(trainer.run(dates.train(), dates.test()));
      try (Predictor predictor = model.predictor()) {
        show(new Decoder(predictor), dates.test().pairs());
      }
    }
    return 0;
  }

  private void show(Decoder decoder, List<Dates.Pair> pairs) {
    List<String> sources = pairs.stream().map(Dates.Pair::written).toList();
    List<String> found = decoder.translate(sources);
    List<Integer> wrong =
        IntStream.range(0, found.size())
            .filter(i -> !found.get(i).equals(pairs.get(i).iso()))
            .boxed()
            .toList();
    int right = found.size() - wrong.size();
    IntStream.range(0, Math.min(SHOWN, found.size()))
        .forEach(i -> System.out.println(line(sources.get(i), found.get(i))));
    if (!own.isEmpty()) {
      List<String> translated = decoder.translate(own);
      IntStream.range(0, own.size())
          .forEach(i -> System.out.println(line(own.get(i), translated.get(i))));
    }
    System.out.printf(
        Locale.ROOT,
        "%nDates of days that it has never seen, exactly right: %d of %d (%.2f %%)%n",
        right,
        found.size(),
        100.0 * right / found.size());
    wrong.stream()
        .limit(SHOWN)
        .forEach(
            i ->
                System.out.println(
                    line(sources.get(i), found.get(i)) + "   should be " + pairs.get(i).iso()));
  }

  private static String line(String source, String translated) {
    return String.format(Locale.ROOT, "%-" + Translator.LENGTH + "s  %s", source, translated);
  }
}
