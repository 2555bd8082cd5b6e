package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java's own reader says what is in a file. */
class PngTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "28, 28", "3, 500", "700, 2", "257, 129"})
  void everyPixelIsRead(int width, int height) throws IOException {
    byte[] rgb = new byte[3 * width * height];
    new Random(7).nextBytes(rgb);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(Png.of(width, height, rgb)));
    assertEquals(width, image.getWidth());
    assertEquals(height, image.getHeight());
    byte[] read = new byte[rgb.length];
    for (int i = 0; i < width * height; i++) {
      int pixel = image.getRGB(i % width, i / width);
      read[3 * i] = (byte) (pixel >> 16);
      read[3 * i + 1] = (byte) (pixel >> 8);
      read[3 * i + 2] = (byte) pixel;
    }
    assertArrayEquals(rgb, read);
  }

  @ParameterizedTest
  @CsvSource({"28, 28", "100, 100"})
  void whatIsAllTheSameIsSmall(int width, int height) {
    assertTrue(Png.of(width, height, new byte[3 * width * height]).length < 200);
  }
}
