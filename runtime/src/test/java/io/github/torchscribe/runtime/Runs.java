package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.torch.Device;
import java.time.Duration;
import java.util.Arrays;
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

  /** An epoch after which the test data came to this. */
  public static History.Epoch epoch(int number, double loss, int correct, int size) {
    return new History.Epoch(
        number,
        2 * loss,
        Evaluation.ofBatch(loss, correct, size, size),
        Duration.ofMillis(1500),
        Map.of());
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
