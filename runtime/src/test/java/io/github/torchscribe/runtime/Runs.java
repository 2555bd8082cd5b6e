package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Tensors;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Runs for tests of logs: nothing is trained. */
public final class Runs {
  /** The learner of these runs takes everything for this. */
  public static final long GUESS = 1;

  private Runs() {}

  /** A run over grey images of the classes 0, 1, 2, 0, 1, 2, … */
  public static TrainingLog.Run of(int epochs, int batchSize, int examples) {
    long[] classes = new long[examples];
    Arrays.setAll(classes, i -> i % 3);
    Dataset data = new TensorDataset(torch.rand(examples, 1, 6, 6), torch.tensor(classes));
    return of(data, epochs, batchSize);
  }

  /** A run over some data. */
  public static TrainingLog.Run of(Dataset data, int epochs, int batchSize) {
    Summary summary =
        new Summary(
            "Guess",
            "(N, 1, 6, 6)",
            List.of(
                new Summary.Layer("0", "@Flatten", "(N, 36)", 0, 0),
                new Summary.Layer("1", "@Linear(3)", "(N, 3)", 111, 108)),
            "@CrossEntropyLoss",
            "@SGD(lr = 0.1)",
            576,
            588);
    return new TrainingLog.Run(new Guess(summary), data, data, epochs, batchSize, true);
  }

  /** The same run, of which something is measured besides, and which was asked for more. */
  public static TrainingLog.Run measured(
      TrainingLog.Run run, List<TrainingLog.Measured> metrics, Map<String, String> settings) {
    return new TrainingLog.Run(
        run.learner(),
        run.train(),
        run.test(),
        run.epochs(),
        run.batchSize(),
        run.shuffle(),
        run.dropLast(),
        run.given(),
        run.ranks(),
        metrics,
        settings,
        run.done());
  }

  /** The same epoch, with what was measured besides. */
  public static History.Epoch measured(History.Epoch epoch, Map<String, Double> metrics) {
    return new History.Epoch(
        epoch.number(),
        epoch.trainLoss(),
        epoch.evaluation(),
        epoch.trainTime(),
        metrics,
        epoch.trainLosses());
  }

  /** An epoch after which the test data came to this. */
  public static History.Epoch epoch(int number, double loss, int correct, int size) {
    return new History.Epoch(
        number,
        2 * loss,
        Evaluation.ofBatch(loss, correct, size, size),
        Duration.ofMillis(1500),
        Map.of());
  }

  /**
   * A run over images with three losses: of a kind, the classes 0, 1, 2, 0, 1, 2, …, of a tone, the
   * classes 0 and 1, and of a price.
   */
  public static TrainingLog.Run ofParts(int epochs, int batchSize, int examples) {
    long[] kinds = new long[examples];
    Arrays.setAll(kinds, i -> i % 3);
    long[] tones = new long[examples];
    Arrays.setAll(tones, i -> i % 2);
    Dataset data =
        new TensorDataset(
            Tensors.of("image", torch.rand(examples, 1, 6, 6)).and("age", torch.rand(examples, 1)),
            Tensors.of("kind", torch.tensor(kinds))
                .and("tone", torch.tensor(tones))
                .and("price", torch.rand(examples, 1)));
    TrainingLog.Run single = of(data, epochs, batchSize);
    return new TrainingLog.Run(
        new GuessOfThree(single.learner().summary()), data, data, epochs, batchSize, true);
  }

  /** An epoch of such a run. */
  public static History.Epoch epochOfParts(int number, double loss, int correct, int size) {
    Map<String, Evaluation> parts = new LinkedHashMap<>();
    parts.put("kind", Evaluation.ofBatch(loss, correct, size, size));
    parts.put("tone", Evaluation.ofBatch(loss / 2, 2L * correct, size, size));
    parts.put("price", Evaluation.ofBatch(100 * loss, 0, 0, size));
    Map<String, Double> train = new LinkedHashMap<>();
    parts.forEach((name, part) -> train.put(name, 2 * part.loss()));
    Evaluation all = Evaluation.ofParts(parts, Map.of("kind", 1d, "tone", 0.5, "price", 0.01));
    return new History.Epoch(number, 2 * all.loss(), all, Duration.ofMillis(1500), Map.of(), train);
  }

  /** A step of such a run, of that loss in kind. */
  public static TrainingLog.Step stepOfParts(
      TrainingLog.Run run, int epoch, int number, float loss) {
    Map<String, Float> losses = new LinkedHashMap<>();
    losses.put("kind", loss);
    losses.put("tone", loss / 2);
    losses.put("price", 100 * loss);
    float sum = loss + 0.25f * loss + loss;
    return new TrainingLog.Step(run, epoch, number, run.batchSize(), sum, 0.1, losses);
  }

  private record GuessOfThree(Summary summary) implements Learner {
    @Override
    public long seed() {
      return 7;
    }

    @Override
    public Device device() {
      return Device.cpu();
    }

    @Override
    public List<String> losses() {
      return List.of("kind", "tone", "price");
    }

    @Override
    public boolean decides(String output) {
      return !output.equals("price");
    }

    @Override
    public Map<String, long[]> predict(Tensors inputs) {
      long[] result = new long[(int) inputs.get("image").size(0)];
      Arrays.fill(result, GUESS);
      return Map.of("kind", result, "tone", result);
    }

    @Override
    public long[] predict(Tensor input) {
      throw new IllegalStateException("there are several");
    }
  }

  private record Guess(Summary summary) implements Learner {
    @Override
    public long seed() {
      return 7;
    }

    @Override
    public Device device() {
      return Device.cpu();
    }

    @Override
    public long[] predict(Tensor input) {
      long[] result = new long[(int) input.size(0)];
      Arrays.fill(result, GUESS);
      return result;
    }
  }
}
