package io.github.torchscribe.samples.serve;

import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.data.PictureFile;
import io.github.torchscribe.runtime.data.Transform;
import io.github.torchscribe.runtime.data.Transforms;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** What digits a network sees in images of 28 × 28, white on black, as MNIST has them. */
public final class Digits {
  static final float MEAN = 0.1307f;
  static final float STD = 0.3081f;
  private static final int SHOWN = 3;

  /** A small file may be a large picture: what takes more is not unpacked. */
  private static final long MOST_PIXELS = 4_000_000;

  private static final List<String> NAMES =
      IntStream.range(0, 10).mapToObj(String::valueOf).toList();
  private static final Transform NORMALIZE =
      Transforms.normalize(new double[] {MEAN}, new double[] {STD});

  private Digits() {}

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
   * @param file its bytes, PNG, JPEG, GIF or BMP
   * @return scores
   * @throws IllegalArgumentException when it is no such picture, or a large one; the message is for
   *     who sent it
   */
  public static float[] scores(Predictor predictor, byte[] file) {
    requireSmall(file);
    BufferedImage picture;
    try {
      picture = PictureFile.read(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return predictor.predict(List.of(picture), NORMALIZE)[0];
  }

  private static void requireSmall(byte[] file) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IllegalArgumentException("the picture is of no kind that is read here: send PNG");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width * height > MOST_PIXELS) {
          throw new IllegalArgumentException(
              "the picture has "
                  + width
                  + " × "
                  + height
                  + " pixels; here it may have "
                  + MOST_PIXELS);
        }
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("the picture cannot be read: " + e.getMessage(), e);
    }
  }
}
