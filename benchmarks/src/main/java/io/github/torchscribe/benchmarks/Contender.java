package io.github.torchscribe.benchmarks;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Threads;
import io.github.torchscribe.runtime.data.Batch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Trains or asks one network, a block of steps for each line it is sent.
 *
 * <p>Arguments: a workload, {@code generated} or {@code autograd}, threads. A workload that ends
 * with {@code -predict} is asked for one example at a time.
 *
 * <p>Prints {@code ready LOSS LOSS} with the first two losses, or outputs, once it has warmed up.
 * Then a number of seconds on a line of its input makes it work for so long and print the median
 * milliseconds of a step. At the input's end it prints its peak memory in MB.
 */
public final class Contender {
  private static final String PREDICT = "-predict";
  private static final double WARM_UP_SECONDS = 2;

  /** Calls that are timed together, where one is too short for the clock. */
  private static final int CALLS = 50;

  private Contender() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   * @throws IOException when the process' memory cannot be read
   */
  public static void main(String[] args) throws IOException {
    Threads.set(Integer.parseInt(args[2]));
    boolean predicts = args[0].endsWith(PREDICT);
    Workload workload = Workload.of(args[0].replace(PREDICT, ""));
    try (Model model = workload.create(args[1].equals("autograd"))) {
      if (predicts) {
        try (Predictor predictor = model.predictor()) {
          serve(asker(predictor, workload.batches()), CALLS);
        }
      } else {
        serve(trainer(model, workload.batches()), 1);
      }
    }
  }

  private static DoubleSupplier trainer(Model model, List<Batch> batches) {
    int[] next = {0};
    return () -> {
      Batch batch = batches.get(next[0]++ % batches.size());
      return model.step(batch.inputs(), batch.targets());
    };
  }

  private static DoubleSupplier asker(Predictor predictor, List<Batch> batches) {
    Batch batch = batches.get(0);
    int size = (int) (batch.inputs().numel() / batch.size());
    float[][] examples = new float[batch.size()][size];
    for (int i = 0; i < examples.length; i++) {
      batch.inputs().data_ptr_float().position((long) i * size).get(examples[i]);
    }
    float[] output = new float[predictor.predict(examples[0]).length];
    int[] next = {0};
    return () -> {
      predictor.predict(examples[next[0]++ % examples.length], output);
      return output[0];
    };
  }

  private static void serve(DoubleSupplier step, int calls) throws IOException {
    String first = step.getAsDouble() + " " + step.getAsDouble();
    work(step, calls, WARM_UP_SECONDS);
    System.out.println("ready " + first);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      System.out.println(work(step, calls, Double.parseDouble(line)));
    }
    System.out.println(peakMegabytes());
  }

  /** The median milliseconds of a step. */
  private static double work(DoubleSupplier step, int calls, double seconds) {
    List<Double> times = new ArrayList<>();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    for (long began = System.nanoTime(); times.isEmpty() || began < end; ) {
      for (int i = 0; i < calls; i++) {
        step.getAsDouble();
      }
      long now = System.nanoTime();
      times.add((now - began) / 1e6 / calls);
      began = now;
    }
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
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
