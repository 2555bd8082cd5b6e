package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.Example;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.metric.Metrics;
import io.github.torchscribe.samples.CheckpointOptions;
import io.github.torchscribe.samples.WatchOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains {@link Handwriting}, or the same with one of its heads. */
@Command(
    name = "multitask",
    mixinStandardHelpOptions = true,
    description = "One network, two heads, two losses: which digit it is, and how it is written.")
public final class MultitaskSample implements Callable<Integer> {
  private static final int SHOWN = 8;

  @Mixin private MnistRunOptions options = new MnistRunOptions();
  @Mixin private WatchOptions watch = new WatchOptions();
  @Mixin private CheckpointOptions checkpoints = new CheckpointOptions();

  @Option(
      names = "--only",
      paramLabel = "HEAD",
      description = "The network has this head alone: ${COMPLETION-CANDIDATES} (default: both).")
  private Head only;

  @Option(
      names = "--examples",
      paramLabel = "N",
      description = "Learns from the first N images alone (default: all).")
  private Long examples;

  /** What has an answer and a loss of its own. */
  enum Head {
    digit,
    ink
  }

  /** The sample, with what the network's annotations say as defaults. */
  public MultitaskSample() {
    options.epochs = 4;
    options.batchSize = 100;
  }

  @Override
  public Integer call() {
    options.applyThreads();
    List<String> targets = only == null ? WrittenDigits.TARGETS : List.of(only.name());
    try (Model model = network();
        WrittenDigits train = new WrittenDigits(options.train(), targets);
        WrittenDigits test = new WrittenDigits(options.test(), targets)) {
      System.out.println(model.summary());
      model.to(options.device());
      Trainer trainer = Trainer.of(model).epochs(options.epochs).batchSize(options.batchSize);
      if (only != Head.digit) {
        measureInk(trainer);
      }
      watch.logs().forEach(trainer::log);
      checkpoints.apply(trainer);
      checkpoints.explain(trainer.run(some(train), test));
      try (Predictor predictor = model.predictor()) {
        for (int i = 0; i < SHOWN; i++) {
          show(predictor, test, i);
        }
      }
    }
    return 0;
  }

  private void measureInk(Trainer trainer) {
    for (Metric metric : List.of(Metrics.meanAbsoluteError(), Metrics.rSquared())) {
      trainer.metric(only == null ? Metrics.of("ink", metric) : metric);
    }
  }

  private Model network() {
    if (only == null) {
      return HandwritingModel.create(options.seed);
    }
    return only == Head.digit
        ? Handwriting_DigitAloneModel.create(options.seed)
        : Handwriting_InkAloneModel.create(options.seed);
  }

  private Dataset some(Dataset train) {
    return examples == null
        ? train
        : new Subset(train, LongStream.range(0, Math.min(examples, train.size())).toArray());
  }

  private static void show(Predictor predictor, WrittenDigits test, int index) {
    Map<String, float[]> answer = predictor.predict(Example.of("image", test.pixels(index)));
    List<String> said = new ArrayList<>();
    if (answer.containsKey("digit")) {
      said.add("digit " + best(answer.get("digit")));
    }
    if (answer.containsKey("ink")) {
      said.add(describe(Ink.of(answer.get("ink"))));
    }
    System.out.printf(
        Locale.ROOT,
        "digit %d, %s; the network says %s%n",
        test.digit(index),
        describe(test.ink(index)),
        String.join(", ", said));
  }

  private static int best(float... scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  private static String describe(Ink ink) {
    return String.format(
        Locale.ROOT,
        "%.1f wide, %.1f high, %d°",
        ink.width(),
        ink.height(),
        Math.round(ink.slant()));
  }
}
