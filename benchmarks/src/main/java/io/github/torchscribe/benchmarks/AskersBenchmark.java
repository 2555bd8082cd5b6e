package io.github.torchscribe.benchmarks;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.torch.Threads;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many answers a second a predictor gives in all when so many threads ask it, one question
 * after the other. Arguments: a workload whose examples are numbers, threads that compute, seconds,
 * numbers of askers. Each line of its input begins a round; it prints the answers of all of them,
 * in that order.
 */
final class AskersBenchmark {
  private static final double WARM_UP_SECONDS = 1;

  private AskersBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   * @throws InterruptedException when somebody wants it to end
   * @throws IOException when nobody says when to begin
   */
  public static void main(String[] args) throws InterruptedException, IOException {
    Threads.set(Integer.parseInt(args[1]));
    double seconds = Double.parseDouble(args[2]);
    Workload workload = Workload.of(args[0]);
    try (Model model = workload.create("generated");
        Predictor predictor = model.predictor()) {
      Batch batch = workload.batches().get(0);
      float[] example = new float[(int) (batch.inputs().numel() / batch.size())];
      batch.inputs().data_ptr_float().get(example);
      answers(predictor, example, Threads.count(), WARM_UP_SECONDS);
      answers(predictor, example, 1, WARM_UP_SECONDS);
      System.out.println("ready");
      while (System.in.read() >= 0) {
        StringBuilder line = new StringBuilder();
        for (int i = 3; i < args.length; i++) {
          double rate = answers(predictor, example, Integer.parseInt(args[i]), seconds) / seconds;
          line.append(String.format(Locale.ROOT, "%.0f ", rate));
        }
        System.out.println(line);
      }
    }
  }

  private static long answers(Predictor predictor, float[] example, int askers, double seconds)
      throws InterruptedException {
    AtomicBoolean ends = new AtomicBoolean();
    AtomicLong all = new AtomicLong();
    Thread[] threads = new Thread[askers];
    for (int i = 0; i < askers; i++) {
      threads[i] =
          new Thread(
              () -> {
                float[] output = new float[predictor.predict(example).length];
                long count = 0;
                while (!ends.get()) {
                  predictor.predict(example, output);
                  count++;
                }
                all.addAndGet(count);
              });
    }
    for (Thread thread : threads) {
      thread.start();
    }
    Thread.sleep((long) (1e3 * seconds));
    ends.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    return all.get();
  }
}
