package io.github.torchscribe.runtime.generated;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Winograd's F(m, 3): m rows of a result from m + 2 products of sums of rows of the image with sums
 * of rows of a kernel, where they would take 3 · m of the rows themselves. Rows of the image, and
 * of the kernel, are taken for a polynomial's coefficients, whose values at m + 1 points and at
 * infinity are multiplied.
 *
 * <p>Sources: S. Winograd, Arithmetic Complexity of Computations, 1980; A. Lavin, S. Gray, Fast
 * Algorithms for Convolutional Neural Networks, 2016; B. Barabasz and others, Error Analysis and
 * Improving the Accuracy of Winograd Convolution for Deep Neural Networks, 2020.
 */
final class WinogradForm {
  /** Rows and columns of a kernel. */
  static final int KERNEL = 3;

  /**
   * Four rows at a time. Of the points that were tried these have the smallest error, 1.4 times
   * oneDNN's: 0, ±1, ±2 come to twice that, and so do 0, ±1, ±½. All sums' factors are exact.
   */
  static final WinogradForm OF_FOUR = new WinogradForm(0, 0.75, -0.75, 1.5, -1.5);

  private final double[] points;

  private WinogradForm(double... points) {
    this.points = points;
  }

  /** How many rows of a result are computed together. */
  int rows() {
    return points.length - 1;
  }

  /** How many rows of an image they see, and sums of these. */
  int seen() {
    return points.length + 1;
  }

  /** The factors of an image's rows: (seen, seen). */
  FloatPointer ofImage() {
    int seen = seen();
    float[] all = new float[seen * seen];
    for (int i = 0; i < seen; i++) {
      double[] factors = without(i);
      for (int k = 0; k < factors.length; k++) {
        all[i * seen + k] = (float) factors[k];
      }
    }
    return new FloatPointer(all);
  }

  /** The factors of a kernel's rows: (seen, 3). */
  FloatPointer ofKernel() {
    float[] all = new float[seen() * KERNEL];
    for (int i = 0; i < seen(); i++) {
      for (int k = 0; k < KERNEL; k++) {
        all[i * KERNEL + k] = (float) (power(i, k, KERNEL - 1) / atOthers(i));
      }
    }
    return new FloatPointer(all);
  }

  /** The factors of products, and last that of a bias: (rows, seen + 1). */
  FloatPointer ofResult() {
    int length = seen() + 1;
    float[] all = new float[rows() * length];
    for (int row = 0; row < rows(); row++) {
      for (int i = 0; i < seen(); i++) {
        all[row * length + i] = (float) power(i, row, rows() - 1);
      }
      all[row * length + seen()] = 1;
    }
    return new FloatPointer(all);
  }

  /** The coefficients of the product of x minus each of the other points. */
  private double[] without(int point) {
    double[] product = {1};
    for (int i = 0; i < points.length; i++) {
      if (i != point) {
        double[] next = Arrays.copyOf(product, product.length + 1);
        for (int k = 0; k < next.length; k++) {
          double shifted = k == 0 ? 0 : product[k - 1];
          next[k] = shifted - points[i] * (k < product.length ? product[k] : 0);
        }
        product = next;
      }
    }
    return product;
  }

  /** What that product is at the point. */
  private double atOthers(int point) {
    double product = 1;
    for (int i = 0; i < points.length; i++) {
      if (i != point && point < points.length) {
        product *= points[point] - points[i];
      }
    }
    return product;
  }

  /** A point's power; at infinity only the highest counts. */
  private double power(int point, int exponent, int highest) {
    if (point == points.length) {
      return exponent == highest ? 1 : 0;
    }
    return Math.pow(points[point], exponent);
  }
}
