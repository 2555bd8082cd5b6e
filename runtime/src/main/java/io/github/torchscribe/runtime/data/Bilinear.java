package io.github.torchscribe.runtime.data;

import java.util.Arrays;

/**
 * Scales images as Python's PIL does, {@code Image.resize} with {@code BILINEAR}, which is what
 * {@code torchvision.transforms.Resize} asks of it: each new sample is the weighted mean of all
 * that lie under a triangle around its place. When an image gets smaller by s the triangle is 2·s
 * wide, so that nothing of it is passed over. Columns and rows come one after the other; weights
 * have 22 bits, and between the two passes samples are rounded to 8. Which pass comes first is
 * Pillow 13's choice; earlier ones begin with columns, which may differ by 1 of 255.
 */
final class Bilinear {
  private static final int BITS = 22;
  private static final int HALF = 1 << BITS - 1;

  /** For each new place where its samples begin, and their weights, {@code most} for each place. */
  private record Weights(int[] first, int[] count, int most, int[] weights) {
    static Weights of(int from, int to) {
      double scale = (double) from / to;
      double reach = Math.max(scale, 1);
      int most = (int) Math.ceil(reach) * 2 + 1;
      Weights result = new Weights(new int[to], new int[to], most, new int[to * most]);
      double[] shares = new double[most];
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        int first = Math.max(0, (int) (centre - reach + 0.5));
        int count = Math.min(from, (int) (centre + reach + 0.5)) - first;
        double sum = 0;
        for (int k = 0; k < count; k++) {
          double distance = Math.abs((k + first - centre + 0.5) * (1 / reach));
          shares[k] = distance < 1 ? 1 - distance : 0;
          sum += shares[k];
        }
        for (int k = 0; k < count; k++) {
          double share = sum == 0 ? 0 : shares[k] / sum;
          result.weights[i * most + k] = (int) (0.5 + share * (1 << BITS));
        }
        result.first[i] = first;
        result.count[i] = count;
      }
      return result;
    }
  }

  private Bilinear() {}

  static Samples scaled(Samples image, int height, int width) {
    int fewerRows = image.height() - height;
    boolean rowsFirst = fewerRows > 0 && fewerRows > 2 * (image.width() - width);
    return rowsFirst ? columns(rows(image, height), width) : rows(columns(image, width), height);
  }

  private static Samples columns(Samples image, int width) {
    if (width == image.width()) {
      return image;
    }
    int channels = image.channels();
    byte[] from = image.values();
    byte[] to = new byte[Math.multiplyExact(image.height() * width, channels)];
    Weights weights = Weights.of(image.width(), width);
    int stride = image.width() * channels;
    for (int y = 0; y < image.height(); y++) {
      if (channels == 1) {
        greyRow(from, y * stride, to, y * width, weights);
      } else {
        colourRow(from, y * stride, to, y * width * channels, weights);
      }
    }
    return new Samples(image.height(), width, channels, to);
  }

  private static void greyRow(byte[] from, int start, byte[] to, int at, Weights weights) {
    for (int x = 0; x < weights.first.length; x++) {
      int place = start + weights.first[x];
      int weight = x * weights.most;
      int sum = HALF;
      for (int k = 0; k < weights.count[x]; k++) {
        sum += (from[place + k] & 0xff) * weights.weights[weight + k];
      }
      to[at + x] = clipped(sum);
    }
  }

  private static void colourRow(byte[] from, int start, byte[] to, int at, Weights weights) {
    for (int x = 0; x < weights.first.length; x++) {
      int place = start + 3 * weights.first[x];
      int weight = x * weights.most;
      int end = weight + weights.count[x];
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      for (; weight < end; weight++, place += 3) {
        int share = weights.weights[weight];
        red += (from[place] & 0xff) * share;
        green += (from[place + 1] & 0xff) * share;
        blue += (from[place + 2] & 0xff) * share;
      }
      to[at + 3 * x] = clipped(red);
      to[at + 3 * x + 1] = clipped(green);
      to[at + 3 * x + 2] = clipped(blue);
    }
  }

  private static Samples rows(Samples image, int height) {
    if (height == image.height()) {
      return image;
    }
    int stride = image.width() * image.channels();
    byte[] from = image.values();
    byte[] to = new byte[Math.multiplyExact(height, stride)];
    Weights weights = Weights.of(image.height(), height);
    int[] sums = new int[stride];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, HALF);
      for (int k = 0; k < weights.count[y]; k++) {
        add(sums, from, (weights.first[y] + k) * stride, weights.weights[y * weights.most + k]);
      }
      for (int i = 0; i < stride; i++) {
        to[y * stride + i] = clipped(sums[i]);
      }
    }
    return new Samples(height, image.width(), image.channels(), to);
  }

  /** A loop of its own, which the compiler makes vectors of. */
  private static void add(int[] sums, byte[] from, int start, int weight) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (from[start + i] & 0xff) * weight;
    }
  }

  /** Weights add up to one but for rounding, so that a sum may be a little too large. */
  private static byte clipped(int sum) {
    return (byte) Math.min(sum >> BITS, 255);
  }
}
