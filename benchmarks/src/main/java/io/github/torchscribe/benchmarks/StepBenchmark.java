package io.github.torchscribe.benchmarks;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Threads;
import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Mnist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;

/**
 * Times training steps on batches that lie in memory.
 *
 * <p>Arguments: {@code generated} or {@code autograd}, threads, steps to warm up, steps to measure.
 * Prints the median, the mean and the process' peak memory as {@code median_ms mean_ms peak_mb}.
 */
public final class StepBenchmark {
  private static final int BATCH = 200;

  private StepBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   * @throws IOException when the process' memory cannot be read
   */
  public static void main(String[] args) throws IOException {
    Threads.set(Integer.parseInt(args[1]));
    int warmUp = Integer.parseInt(args[2]);
    int measured = Integer.parseInt(args[3]);
    try (Model model = args[0].equals("autograd") ? MlpAutogradModel.create() : MlpModel.create()) {
      List<Batch> batches = batches(model);
      double[] times = new double[measured];
      for (int i = -warmUp; i < measured; i++) {
        Batch batch = batches.get(Math.floorMod(i, batches.size()));
        long began = System.nanoTime();
        model.step(batch.inputs(), batch.targets());
        if (i >= 0) {
          times[i] = (System.nanoTime() - began) / 1e6;
        }
      }
      double mean = Arrays.stream(times).average().orElseThrow();
      Arrays.sort(times);
      System.out.printf(Locale.ROOT, "%.4f %.4f %d%n", times[measured / 2], mean, peakMegabytes());
    }
  }

  private static List<Batch> batches(Model model) {
    List<Batch> batches = new ArrayList<>();
    try (Mnist data = Mnist.train();
        DataLoader loader = DataLoader.sequential(data, BATCH, null, model.device())) {
      for (Batch batch : loader) {
        Tensor inputs = batch.inputs().clone();
        batches.add(new Batch(inputs, batch.targets().clone(), BATCH));
      }
    }
    return batches;
  }

  private static long peakMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return -1;
  }
}
