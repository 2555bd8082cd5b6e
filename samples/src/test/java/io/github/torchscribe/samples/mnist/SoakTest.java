package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.samples.tools.Java;
import io.github.torchscribe.samples.tools.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains, with data, evaluation and checkpoints, while eight threads ask another model: 2,000 steps
 * and 40,000 answers, or with {@code -Dlong.tests=true} 200,000 and 2,000,000. Memory stays and
 * every answer is the one that a single thread got.
 */
class SoakTest {
  private static final int THREADS = 8;
  private static final int BATCH = 200;
  private static final int STEPS_OF_AN_EPOCH = 250;

  /** The part of a run in which buffers and compiled code still come. */
  private static final double WARM_UP = 0.25;

  private static final long MOST_KILOBYTES = 10_000;

  @TempDir private Path folder;

  @Test
  void memoryStaysAndAnswersToo() throws Exception {
    assumeTrue(Memory.isKnown(), "reads Linux' /proc");
    boolean isLong = Boolean.getBoolean("long.tests");
    List<String> command =
        Java.command(
            SoakTest.class,
            isLong ? "200000" : "2000",
            isLong ? "2000000" : "40000",
            folder.toString());
    // Java's own memory is all there from the beginning: what grows is native. But its second
    // compiler takes up to 20 MB, whenever it comes to a large method.
    command.addAll(
        1, List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertEquals(0, process.waitFor(), output);
    System.out.println(output);
    long grown = Long.parseLong(output.replaceAll("(?s).*grew by (-?\\d+) kB.*", "$1"));
    assertTrue(grown < MOST_KILOBYTES, output);
  }

  /**
   * Trains and answers, and prints how much the resident memory grew.
   *
   * @param args steps, answers, a folder for checkpoints
   * @throws Exception when something fails
   */
  public static void main(String[] args) throws Exception {
    int steps = Integer.parseInt(args[0]);
    int answers = Integer.parseInt(args[1]);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Model asked = MlpModel.create();
        Predictor predictor = asked.predictor();
        Model learning = MlpModel.create();
        Mnist train = Mnist.train();
        Mnist test = Mnist.test();
        Dataset fewer = Subset.split(train, 1, 5.0 / 6, 1.0 / 6).get(0)) {
      float[][] images = PredictorTest.images();
      float[][] expected = new float[images.length][];
      for (int i = 0; i < images.length; i++) {
        expected[i] = predictor.predict(images[i]);
      }
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int first = t;
        all.add(threads.submit(() -> ask(predictor, images, expected, first, answers)));
      }
      Trainer trainer = Trainer.of(learning).batchSize(BATCH);
      trainer.checkpoints(Checkpoints.in(Path.of(args[2])).everySteps(100));
      trainer.epochs(steps / STEPS_OF_AN_EPOCH).learningRate(1e-4);
      Growth growth = new Growth((long) (WARM_UP * steps));
      trainer.log(growth).run(fewer, test);
      for (Future<?> some : all) {
        some.get();
      }
      System.out.printf(
          Locale.ROOT,
          "%d steps, %d answers from %d threads: resident memory grew by %d kB, to %d kB%n",
          steps,
          answers,
          THREADS,
          growth.kilobytes(),
          Memory.residentKilobytes());
    } finally {
      threads.shutdownNow();
    }
  }

  private static void ask(
      Predictor predictor, float[][] images, float[][] expected, int first, int answers) {
    float[] answer = new float[10];
    for (int i = first; i < answers; i += THREADS) {
      predictor.predict(images[i % images.length], answer);
      assertArrayEquals(expected[i % images.length], answer);
    }
  }

  /** What the memory has grown by since the warm-up. */
  private static final class Growth implements TrainingLog {
    private final long warmUp;
    private long steps;
    private long before;

    Growth(long warmUp) {
      this.warmUp = warmUp;
    }

    @Override
    public void step(Step step) {
      if (++steps == warmUp) {
        before = resident();
      }
      if (steps % 10_000 == 0) {
        System.out.println(steps + " steps: " + resident() + " kB");
      }
    }

    long kilobytes() {
      return resident() - before;
    }

    private static long resident() {
      try {
        return Memory.residentKilobytes();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
