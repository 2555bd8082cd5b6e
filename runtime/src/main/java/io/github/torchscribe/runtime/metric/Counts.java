package io.github.torchscribe.runtime.metric;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;

/** How often each class was taken for each. */
final class Counts {
  /** A row for each right class, in it a count for each predicted one. */
  private long[][] counts = {};

  void add(long[] predicted, long[] right) {
    for (int i = 0; i < right.length; i++) {
      grow((int) Math.max(predicted[i], right[i]) + 1);
      counts[(int) right[i]][(int) predicted[i]]++;
    }
  }

  private void grow(int classes) {
    if (classes > counts.length) {
      int before = counts.length;
      counts = Arrays.copyOf(counts, classes);
      for (int i = 0; i < classes; i++) {
        counts[i] = i < before ? Arrays.copyOf(counts[i], classes) : new long[classes];
      }
    }
  }

  void clear() {
    counts = new long[0][];
  }

  long[][] table() {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  double accuracy() {
    long right = 0;
    long all = 0;
    for (int i = 0; i < counts.length; i++) {
      right += counts[i][i];
      all += actual(i);
    }
    return (double) right / all;
  }

  double precision(int of) {
    return share(counts[of][of], predicted(of));
  }

  double recall(int of) {
    return share(counts[of][of], actual(of));
  }

  double f1(int of) {
    return share(2 * counts[of][of], predicted(of) + actual(of));
  }

  /** The mean over all classes that occur. */
  double mean(ToDoubleBiFunction<Counts, Integer> measure) {
    double sum = 0;
    int occurring = 0;
    for (int i = 0; i < counts.length; i++) {
      if (predicted(i) + actual(i) > 0) {
        sum += measure.applyAsDouble(this, i);
        occurring++;
      }
    }
    return sum / occurring;
  }

  private long actual(int of) {
    return Arrays.stream(counts[of]).sum();
  }

  private long predicted(int of) {
    return Arrays.stream(counts).mapToLong(row -> row[of]).sum();
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
