package io.github.torchscribe.benchmarks.common;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * MNIST's training images, normalised, for libraries that are not ours.
 *
 * @param images 784 numbers each
 * @param labels from 0 to 9
 */
public record Digits(float[][] images, int[] labels) {
  /** The numbers of an image. */
  public static final int PIXELS = 784;

  private static final int ENOUGH = 2000;

  /**
   * Reads the gzipped idx files.
   *
   * @param folder where they lie
   * @return all that are in them
   * @throws IOException when they cannot be read
   */
  public static Digits read(Path folder) throws IOException {
    try (DataInputStream images = open(folder.resolve("train-images-idx3-ubyte.gz"), 16);
        DataInputStream labels = open(folder.resolve("train-labels-idx1-ubyte.gz"), 8)) {
      byte[] pixels = images.readAllBytes();
      byte[] classes = labels.readAllBytes();
      Digits digits = new Digits(new float[classes.length][PIXELS], new int[classes.length]);
      for (int i = 0; i < classes.length; i++) {
        digits.labels[i] = classes[i];
        for (int k = 0; k < PIXELS; k++) {
          digits.images[i][k] = ((pixels[i * PIXELS + k] & 0xff) / 255f - 0.1307f) / 0.3081f;
        }
      }
      return digits;
    }
  }

  private static DataInputStream open(Path file, int header) throws IOException {
    DataInputStream stream =
        new DataInputStream(
            new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))));
    stream.readNBytes(header);
    return stream;
  }

  /**
   * How many batches are measured with.
   *
   * @param size of each
   * @return as many as there are, or enough
   */
  public int batches(int size) {
    return Math.min(labels.length / size, ENOUGH);
  }

  /**
   * The images of a batch one after the other.
   *
   * @param from the first
   * @param size how many
   * @return their numbers
   */
  public float[] batch(int from, int size) {
    float[] result = new float[size * PIXELS];
    for (int i = 0; i < size; i++) {
      System.arraycopy(images[from + i], 0, result, i * PIXELS, PIXELS);
    }
    return result;
  }
}
