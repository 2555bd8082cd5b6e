package io.github.torchscribe.tensorboard;

import java.util.Arrays;

/**
 * How often numbers are how large, in the bins of TensorFlow and of PyTorch's {@code
 * add_histogram}: their limits are 0 and ±1.1ⁿ·10⁻¹², up to 10²⁰. What is no number, or infinite,
 * is left out; what is beyond the last limits is in the bins before them.
 */
final class Histogram {
  private static final double[] LIMITS = limits();

  /** Of the sign, the exponent and the highest bits of a float: that many, the rest is dropped. */
  private static final int DROPPED_BITS = 20;

  /** Where to look for the bins of floats that begin so. */
  private static final short[] FIRST_BINS = firstBins();

  private final long[] counts = new long[LIMITS.length - 1];
  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double sum;
  private double squares;

  private static double[] limits() {
    double[] above = new double[2048];
    int size = 0;
    for (double limit = 1e-12; limit < 1e20; limit *= 1.1) {
      above[size++] = limit;
    }
    double[] all = new double[2 * size + 1];
    for (int i = 0; i < size; i++) {
      all[size - 1 - i] = -above[i];
      all[size + 1 + i] = above[i];
    }
    return all;
  }

  private static short[] firstBins() {
    short[] bins = new short[1 << (Float.SIZE - DROPPED_BITS)];
    for (int i = 0; i < bins.length; i++) {
      float first = Float.intBitsToFloat(i << DROPPED_BITS);
      int found = Arrays.binarySearch(LIMITS, Float.isNaN(first) ? 0 : first);
      bins[i] = (short) inside(found >= 0 ? found : -found - 2);
    }
    return bins;
  }

  private static int inside(int bin) {
    return Math.min(Math.max(bin, 0), LIMITS.length - 2);
  }

  void add(double number) {
    if (!Double.isFinite(number)) {
      return;
    }
    int bin = FIRST_BINS[Float.floatToRawIntBits((float) number) >>> DROPPED_BITS];
    while (bin > 0 && number < LIMITS[bin]) {
      bin--;
    }
    while (bin < counts.length - 1 && number >= LIMITS[bin + 1]) {
      bin++;
    }
    counts[bin]++;
    count++;
    min = Math.min(min, number);
    max = Math.max(max, number);
    sum += number;
    squares += number * number;
  }

  /** Whether there was no number. */
  boolean isEmpty() {
    return count == 0;
  }

  /**
   * What TensorBoard reads: limits are upper ones, and before the first bin that has numbers stands
   * one that has none.
   */
  Message message() {
    int first = 0;
    while (counts[first] == 0) {
      first++;
    }
    int last = counts.length - 1;
    while (counts[last] == 0) {
      last--;
    }
    double[] limits = Arrays.copyOfRange(LIMITS, first, last + 2);
    double[] numbers = new double[limits.length];
    for (int i = first; i <= last; i++) {
      numbers[i - first + 1] = counts[i];
    }
    return new Message()
        .put(1, min)
        .put(2, max)
        .put(3, (double) count)
        .put(4, sum)
        .put(5, squares)
        .putPacked(6, limits)
        .putPacked(7, numbers);
  }
}
