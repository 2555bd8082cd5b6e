package io.github.torchscribe.runtime.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Whatever is in a picture's file: it is read, or refused with an {@link IOException}. */
public final class PictureFuzz {
  /** An image that the heap holds, but not with its numbers, is no fault of ours. */
  private static final long MOST_PIXELS = 1 << 24;

  private PictureFuzz() {}

  /**
   * Reads a picture.
   *
   * @param bytes the file
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      BufferedImage image = PictureFile.read(new ByteArrayInputStream(bytes));
      if ((long) image.getHeight() * image.getWidth() > MOST_PIXELS) {
        return;
      }
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
