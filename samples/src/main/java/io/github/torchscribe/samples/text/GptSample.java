package io.github.torchscribe.samples.text;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.TextGenerator;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.samples.CheckpointOptions;
import io.github.torchscribe.samples.RunOptions;
import io.github.torchscribe.samples.WatchOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains {@link Gpt} on a text, then lets it write. */
@Command(
    name = "gpt",
    mixinStandardHelpOptions = true,
    description = "A transformer learns Shakespeare's sonnets character by character, then writes.")
public final class GptSample implements Callable<Integer> {
  /** The share of the text that is kept from training: its end. */
  private static final double TEST_SHARE = 0.05;

  @Mixin private RunOptions options = new RunOptions();
  @Mixin private WatchOptions watch = new WatchOptions();
  @Mixin private CheckpointOptions checkpoints = new CheckpointOptions();

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description = "What is learned, in ASCII (default: sixteen sonnets).")
  private Path file;

  @Option(
      names = "--begin",
      paramLabel = "TEXT",
      description = "What it writes on from (default: ${DEFAULT-VALUE}).")
  private String beginning = "Shall I compare thee";

  @Option(
      names = "--write",
      paramLabel = "N",
      description = "How many characters it writes (default: ${DEFAULT-VALUE}).")
  private int count = 600;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description = "How freely it writes; 0 is not at all (default: ${DEFAULT-VALUE}).")
  private double temperature = 0.5;

  @Option(
      names = "--top-k",
      paramLabel = "N",
      description = "Of how many characters it chooses (default: of all).")
  private int topK = Characters.COUNT;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "How likely those are together of which it chooses (default: 1, of all).")
  private double topP = 1;

  /** The sample, with what the network's annotations say as defaults. */
  public GptSample() {
    options.epochs = 4;
    options.batchSize = 32;
  }

  @Override
  public Integer call() throws IOException {
    options.applyThreads();
    long[] text = Characters.indices(file == null ? sonnets() : Files.readString(file));
    int forTraining = (int) (text.length * (1 - TEST_SHARE));
    try (Model model = GptModel.create(options.seed);
        TextDataset train = new TextDataset(Arrays.copyOf(text, forTraining), Gpt.LENGTH);
        TextDataset test =
            new TextDataset(Arrays.copyOfRange(text, forTraining, text.length), Gpt.LENGTH)) {
      System.out.println(model.summary());
      model.to(options.device());
      Trainer trainer = Trainer.of(model).epochs(options.epochs).batchSize(options.batchSize);
      watch.logs().forEach(trainer::log);
      checkpoints.apply(trainer);
      checkpoints.explain(trainer.run(train, test));
      System.out.println();
      System.out.print(beginning);
      write(model);
      System.out.println();
    }
    return 0;
  }

  /** Each character is there as soon as it is written. */
  private void write(Model model) {
    try (TextGenerator generator = TextGenerator.of(model).seed(options.seed)) {
      generator.temperature(temperature).topK(topK).topP(topP).sliding(Gpt.LENGTH / 2);
      generator.generate(
          Characters.indices(beginning),
          count,
          character -> {
            System.out.print(Characters.character(character));
            return true;
          });
    }
  }

  /** The bundled text. */
  static String sonnets() throws IOException {
    try (InputStream in = GptSample.class.getResourceAsStream("/text/sonnets.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
