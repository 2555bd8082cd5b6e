package io.github.torchscribe.benchmarks;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.TextGenerator;
import io.github.torchscribe.runtime.torch.Threads;
import io.github.torchscribe.samples.text.Gpt;
import io.github.torchscribe.samples.text.GptModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Texts of 200 tokens by the GPT of the samples, with keys and values kept, or by reading the whole
 * window again for each token. Where the window is full its second half is read anew, in both.
 *
 * <p>Arguments: a file that the weights go to, threads. For each line on its input, {@code cache}
 * or {@code whole} and a temperature, it writes a text and prints the seconds and the tokens.
 */
public final class GenerationBenchmark {
  private static final int COUNT = 200;
  private static final int KEPT = Gpt.LENGTH / 2;
  private static final long[] PROMPT = {52, 73, 66, 77, 77, 1, 42, 1, 68, 80, 78, 81, 66, 83, 70};

  private GenerationBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   * @throws IOException when the weights cannot be written
   */
  public static void main(String[] args) throws IOException {
    Threads.set(Integer.parseInt(args[1]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try (Model model = GptModel.create(1);
        TextGenerator generator = TextGenerator.of(model).sliding(KEPT);
        Predictor predictor = model.predictor()) {
      model.save(Path.of(args[0]));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] asked = line.split(" ");
        generator.seed(1).temperature(Double.parseDouble(asked[1]));
        long began = System.nanoTime();
        long[] text =
            asked[0].equals("cache")
                ? generator.generate(PROMPT, COUNT)
                : whole(generator, predictor);
        double seconds = (System.nanoTime() - began) / 1e9;
        String tokens =
            LongStream.of(text).mapToObj(Long::toString).collect(Collectors.joining(" "));
        System.out.printf(Locale.ROOT, "%.6f %s%n", seconds, tokens);
      }
    }
  }

  private static long[] whole(TextGenerator generator, Predictor predictor) {
    long[] all = Arrays.copyOf(PROMPT, PROMPT.length + COUNT);
    int begin = 0;
    for (int count = PROMPT.length; count < all.length; count++) {
      begin = count - begin > Gpt.LENGTH ? count - KEPT : begin;
      long[] window = Arrays.copyOf(Arrays.copyOfRange(all, begin, count), Gpt.LENGTH);
      float[] scores = predictor.predict(window);
      int vocabulary = scores.length / Gpt.LENGTH;
      int at = (count - begin - 1) * vocabulary;
      all[count] = generator.choose(Arrays.copyOfRange(scores, at, at + vocabulary));
    }
    return Arrays.copyOfRange(all, PROMPT.length, all.length);
  }
}
