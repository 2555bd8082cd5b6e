package io.github.torchscribe.samples.sentences;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.samples.ThreadsOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds sentences that are about the same, by {@link MiniLm}. */
@Command(
    name = "sentences",
    mixinStandardHelpOptions = true,
    description =
        "A network that others have trained finds the sentences that mean nearly the same.")
public final class SentencesSample implements Callable<Integer> {
  private static final List<String> QUERIES =
      List.of(
          "How do I keep dough from sticking to my hands?",
          "My program crashes as soon as it starts.",
          "What shines above us at night?",
          "The patient needs to see someone about the pain.");

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description = "What is looked for; may be given several times (default: four questions).")
  private List<String> queries = QUERIES;

  @Option(
      names = "--sentences",
      paramLabel = "FILE",
      description = "Where it is looked for, a sentence a line (default: the sample's own).")
  private Path file;

  @Option(
      names = "--nearest",
      paramLabel = "N",
      description = "How many are shown (default: ${DEFAULT-VALUE}).")
  private int count = 3;

  @Mixin private WeightsOption weights = new WeightsOption();
  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Override
  public Integer call() throws IOException {
    threads.apply();
    if (count < 1) {
      throw new IllegalArgumentException("--nearest must be at least 1 but is " + count);
    }
    MiniLmFiles files = weights.files();
    List<Labelled> known =
        file == null ? Labelled.bundled("sentences") : Labelled.unknown(Files.readAllLines(file));
    List<String> sentences = known.stream().map(Labelled::text).toList();
    try (Tokens tokens = files.tokens();
        Model model = files.load(MiniLmModel.create(0));
        Predictor predictor = model.predictor()) {
      sentences.stream().filter(tokens::cuts).forEach(SentencesSample::warn);
      queries.stream().filter(tokens::cuts).forEach(SentencesSample::warn);
      long begin = System.nanoTime();
      Embeddings all = Embeddings.of(sentences, tokens, predictor);
      say("%d sentences read in %.2f s%n", all.size(), (System.nanoTime() - begin) / 1e9);
      Embeddings asked = Embeddings.of(queries, tokens, predictor);
      for (int i = 0; i < asked.size(); i++) {
        say("%n%s%n", asked.sentence(i));
        all.nearest(asked, i, count)
            .forEach(near -> say("  %.2f  %s%n", near.cosine(), near.sentence()));
      }
      if (file == null) {
        say(
            "%nThe sentence that is nearest to each is of the same topic for %d of %d.%n",
            ofSameTopic(all, known), all.size());
      }
    }
    return 0;
  }

  private static long ofSameTopic(Embeddings all, List<Labelled> known) {
    return IntStream.range(0, all.size())
        .filter(i -> known.get(i).label().equals(known.get(all.nearestOf(i)).label()))
        .count();
  }

  private static void warn(String sentence) {
    say("More than %d tokens, of which the first are read: %.60s …%n", MiniLm.LENGTH, sentence);
  }

  private static void say(String format, Object... what) {
    System.out.printf(Locale.ROOT, format, what);
  }
}
