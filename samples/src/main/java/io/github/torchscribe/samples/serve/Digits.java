package io.github.torchscribe.samples.serve;

import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.data.PictureFile;
import io.github.torchscribe.runtime.data.Transform;
import io.github.torchscribe.runtime.data.Transforms;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** What digits a network sees in images of 28 × 28, white on black, as MNIST has them. */
public final class Digits {
  static final int PIXELS = 28 * 28;
  static final int WHITE = 255;
  private static final float MEAN = 0.1307f;
  private static final float STD = 0.3081f;
  private static final int SHOWN = 3;

  /** A small file may be a large picture: what takes more is not unpacked. */
  private static final long MOST_PIXELS = 4_000_000;

  private static final List<String> NAMES =
      IntStream.range(0, 10).mapToObj(String::valueOf).toList();
  private static final Transform NORMALIZE =
      Transforms.normalize(new double[] {MEAN}, new double[] {STD});

  private Digits() {}

  /** A pixel as MNIST is normalised. */
  static float normalized(double grey) {
    return ((float) grey / WHITE - MEAN) / STD;
  }

  /**
   * An image as a network takes it.
   *
   * @param what it is, for messages
   * @param pixels 784 numbers from 0 to 255
   * @return normalised as MNIST is
   * @throws IllegalArgumentException when there are more or fewer, or one is none; the message is
   *     for who sent it
   */
  public static float[] example(String what, float... pixels) {
    if (pixels == null || pixels.length != PIXELS) {
      throw wrongSize(what, pixels == null ? 0 : pixels.length);
    }
    float[] example = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      if (!(pixels[i] >= 0 && pixels[i] <= WHITE)) {
        throw new IllegalArgumentException(
            "pixel " + i + " of " + what + " must be a number from 0 to 255 but is " + pixels[i]);
      }
      example[i] = normalized(pixels[i]);
    }
    return example;
  }

  static IllegalArgumentException wrongSize(String what, int count) {
    return new IllegalArgumentException(
        what + " must be an array of 784 numbers, 28 rows of 28, but has " + count);
  }

  /**
   * The likeliest digits.
   *
   * @param scores a network's output
   * @return three, the likeliest first
   */
  public static List<Predictor.Ranked> likeliest(float... scores) {
    return Predictor.Ranked.likeliest(scores, SHOWN, NAMES);
  }

  /**
   * What a network makes of a picture in a file.
   *
   * @param predictor is asked
   * @param file its bytes, PNG, JPEG, GIF, BMP or what else is read
   * @return scores
   * @throws IllegalArgumentException when it is no such picture, or a large one; the message is for
   *     who sent it
   */
  public static float[] scores(Predictor predictor, byte[] file) {
    BufferedImage picture;
    try {
      picture = PictureFile.read(new ByteArrayInputStream(file), MOST_PIXELS);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return predictor.predict(List.of(picture), NORMALIZE)[0];
  }
}
