package io.github.torchscribe.samples.sentences;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.samples.RunOptions;
import io.github.torchscribe.samples.WatchOptions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sorts messages by a layer on top of {@link MiniLm}, which stays as others have trained it. */
@Command(
    name = "finetune",
    mixinStandardHelpOptions = true,
    description = "A network that others have trained, frozen, and a layer on top that learns.")
public final class FinetuneSample implements Callable<Integer> {
  private static final List<String> WRITTEN =
      List.of(
          "The lorry never showed up.",
          "Which of the two is easier to clean?",
          "You lot are the best!",
          "Somebody guessed my secret word.");

  @Option(
      names = "--message",
      paramLabel = "TEXT",
      description = "A message to be sorted at the end; may be given several times.")
  private List<String> written = WRITTEN;

  @Mixin private WeightsOption weights = new WeightsOption();
  @Mixin private RunOptions run = new RunOptions();
  @Mixin private WatchOptions watch = new WatchOptions();

  /** Its own defaults. */
  public FinetuneSample() {
    run.epochs = 10;
    run.batchSize = 16;
  }

  @Override
  public Integer call() throws IOException {
    run.applyThreads();
    MiniLmFiles files = weights.files();
    Messages known = Messages.bundled("train");
    Messages unknown = Messages.bundled("test");
    try (Tokens tokens = files.tokens();
        Dataset train = known.dataset(tokens);
        Dataset test = unknown.dataset(tokens);
        Model pretrained = DesksModel.create(run.seed);
        Model random = DesksModel.create(run.seed)) {
      files.loadBody(pretrained, "desk.");
      say("%nWith MiniLM's weights, frozen:%n");
      Evaluation with = learn(pretrained, train, test);
      say("%nThe same network with random weights, frozen:%n");
      Evaluation without = learn(random, train, test);
      say(
          "%nOf %d messages that are new, in other words than the %d it has learned from, %d are"
              + " sorted right with MiniLM's weights, %d with random ones.%n%n",
          unknown.size(), known.size(), with.correct(), without.correct());
      try (Predictor predictor = pretrained.predictor()) {
        for (String message : written) {
          say("%-8s  %s%n", desk(predictor.predict(tokens.of(message)).get("desk")), message);
        }
      }
    }
    return 0;
  }

  private Evaluation learn(Model model, Dataset train, Dataset test) {
    model.to(run.device());
    Trainer trainer = Trainer.of(model).epochs(run.epochs).batchSize(run.batchSize);
    watch.logs().forEach(trainer::log);
    return trainer.run(train, test).last().evaluation();
  }

  private static String desk(float... scores) {
    int most =
        IntStream.range(0, scores.length)
            .reduce((a, b) -> scores[b] > scores[a] ? b : a)
            .orElseThrow();
    return Messages.DESKS.get(most);
  }

  private static void say(String format, Object... what) {
    System.out.printf(Locale.ROOT, format, what);
  }
}
