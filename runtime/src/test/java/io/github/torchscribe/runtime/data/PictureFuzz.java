package io.github.torchscribe.runtime.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Whatever is in a picture's file: it is read, or refused with an {@link IOException}. */
public final class PictureFuzz {
  private PictureFuzz() {}

  /**
   * Reads a picture.
   *
   * @param bytes the file
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      BufferedImage image = PictureFile.read(new ByteArrayInputStream(bytes));
      float[] numbers = new float[3 * 5 * 7];
      new Pixels(false, 5, 7).write(image, numbers, 0);
      for (float number : numbers) {
        if (!(number >= 0 && number <= 1)) {
          throw new AssertionError("a number is " + number);
        }
      }
    } catch (IOException e) {
      if (e.getMessage() == null || !e.getMessage().startsWith("the picture ")) {
        throw new AssertionError("what is wrong is not said", e);
      }
    }
  }
}
