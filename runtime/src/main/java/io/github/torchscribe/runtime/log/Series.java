package io.github.torchscribe.runtime.log;

import java.util.Arrays;

/**
 * The points of a curve, as many as can be drawn: whenever there are {@value #MOST_POINTS}, every
 * second one goes, and from then on half as many are taken.
 */
public final class Series {
  /** More than this no screen shows and no browser draws at ease. */
  public static final int MOST_POINTS = 4_000;

  private double[] x = new double[64];
  private double[] y = new double[64];
  private int size;
  private long stride = 1;
  private long offered;

  /** A curve without points. */
  public Series() {}

  /**
   * Adds a point, or leaves it out where the points have been thinned.
   *
   * @param newX not less than the last one's
   * @param newY any number, also none
   * @return whether points that were there have gone
   */
  public boolean add(double newX, double newY) {
    if (offered++ % stride != 0) {
      return false;
    }
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      y = Arrays.copyOf(y, 2 * size);
    }
    x[size] = newX;
    y[size++] = newY;
    if (size < MOST_POINTS) {
      return false;
    }
    for (int i = 0; 2 * i < size; i++) {
      x[i] = x[2 * i];
      y[i] = y[2 * i];
    }
    size = (size + 1) / 2;
    stride *= 2;
    return true;
  }

  /**
   * How many points there are.
   *
   * @return less than {@value #MOST_POINTS}
   */
  public int size() {
    return size;
  }

  /**
   * Where points are.
   *
   * @param from the first one wanted
   * @return their x
   */
  public double[] x(int from) {
    return Arrays.copyOfRange(x, from, size);
  }

  /**
   * How high points are.
   *
   * @param from the first one wanted
   * @return their y
   */
  public double[] y(int from) {
    return Arrays.copyOfRange(y, from, size);
  }
}
