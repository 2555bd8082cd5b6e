package io.github.torchscribe.benchmarks.common;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * How a contender is measured: a block of steps for each line that it is sent.
 *
 * <p>It prints {@code ready LOSS LOSS} with the first two losses, or outputs, once it has warmed
 * up. Then a number of seconds on a line of its input makes it work for so long and print the
 * median milliseconds of a step. At the input's end it prints its peak memory in MB. When a step
 * fails, or gives what is no finite number, the process ends at once with exit code 1: steps of NaN
 * are no faster or slower than others in any way that is worth knowing.
 */
public final class Block {
  /** What a workload's name ends with that is asked for one example at a time. */
  public static final String PREDICT = "-predict";

  private static final double WARM_UP_SECONDS = 2;

  /** Predictions that are timed together, since one is too short for the clock. */
  private static final int CALLS = 50;

  /** Of which one is not. */
  private static final String LONG = "minilm";

  private Block() {}

  /**
   * The examples in a batch of a workload.
   *
   * @param workload its name
   * @return 1 where it is asked for predictions, unless its name says more
   */
  public static int batch(String workload) {
    return switch (workload) {
      case "mlp", "wide", "wide-adamw", "width-1000", "width-1900", "deep-8", "deep-32" -> 200;
      case "mlp-32", "transformer", "finetune", "minilm-32", "minilm-32-predict" -> 32;
      case "mlp-1000" -> 1000;
      case "cnn", "resnet" -> 64;
      default -> 1;
    };
  }

  /**
   * Answers until its input ends.
   *
   * @param workload its name
   * @param step does one and gives its loss, or the first number of its output
   * @throws IOException when the process' memory cannot be read
   */
  public static void serve(String workload, DoubleSupplier step) throws IOException {
    try {
      answer(workload, finite(step));
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1); // a library's threads may go on for ever
    }
  }

  private static DoubleSupplier finite(DoubleSupplier step) {
    long[] done = {0};
    return () -> {
      double number = step.getAsDouble();
      done[0]++;
      if (!Double.isFinite(number)) {
        throw new ArithmeticException("step " + done[0] + " gives " + number);
      }
      return number;
    };
  }

  private static void answer(String workload, DoubleSupplier step) throws IOException {
    int calls = workload.endsWith(PREDICT) && !workload.startsWith(LONG) ? CALLS : 1;
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

  private static double work(DoubleSupplier step, int calls, double seconds) {
    List<Double> times = new ArrayList<>();
    long began = System.nanoTime();
    long end = began + (long) (seconds * 1e9);
    while (times.isEmpty() || began < end) {
      for (int i = 0; i < calls; i++) {
        step.getAsDouble();
      }
      long now = System.nanoTime();
      times.add((now - began) / 1e6 / calls);
      began = now;
    }
    times.sort(null);
    return times.get(times.size() / 2);
  }

  /**
   * Answers until its input ends, where several processes have to do the same number of steps: each
   * line is how many are done, whose median milliseconds are printed. The first two losses are
   * printed without a warm-up, which is asked for as other steps are.
   *
   * @param step does one and gives its loss
   * @throws IOException when the process' memory cannot be read
   */
  public static void serveCounted(DoubleSupplier step) throws IOException {
    Counted counted = new Counted();
    DoubleSupplier finite = finite(step);
    while (counted.step(finite.getAsDouble())) {}
    counted.end();
  }

  /** The same for steps that somebody else does, and tells of each. */
  public static final class Counted {
    private final BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    private final List<Double> times = new ArrayList<>();
    private String first = "ready";
    private int left = 2;
    private boolean ended;
    private long began;

    /** No step has been done. */
    public Counted() {}

    /**
     * A step has been done; waits where it was the last that was asked for.
     *
     * @param loss of it
     * @return false when no more are wanted
     */
    public boolean step(double loss) {
      long now = System.nanoTime();
      if (ended) {
        return false; // who trains with others does one more
      }
      if (first != null) {
        first += " " + loss;
      } else {
        times.add((now - began) / 1e6);
      }
      if (--left > 0) {
        began = now;
        return true;
      }
      times.sort(null);
      System.out.println(first != null ? first : times.get(times.size() / 2));
      first = null;
      times.clear();
      boolean goesOn = next();
      began = System.nanoTime();
      return goesOn;
    }

    private boolean next() {
      try {
        String line = input.readLine();
        ended = line == null;
        left = ended ? 0 : Integer.parseInt(line);
        return !ended;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /**
     * Says what memory the process has taken.
     *
     * @throws IOException when that cannot be read
     */
    public void end() throws IOException {
      System.out.println(peakMegabytes());
    }
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
