package io.github.torchscribe.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {
  private static final int SIZE = 64;

  @Test
  void eachPictureIsInItsPlace(@TempDir Path folder) throws IOException {
    float[] picture = new float[SIZE * SIZE];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = i % 3 - 0.5f; // also below 0 and above 1
    }
    Gallery gallery = new Gallery(2, 3, SIZE);
    gallery.put(0, 1, picture);
    gallery.put(1, 2, new float[SIZE * SIZE]);
    Path file = folder.resolve("found.png");
    gallery.write(file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertEquals(2 * 128 + 4, image.getWidth());
    assertEquals(3 * 128 + 2 * 4, image.getHeight());
    int[] greys = {0, 128, 255};
    for (int i = 0; i < picture.length; i++) {
      int x = 2 * (i % SIZE) + 1;
      int y = 2 * (i / SIZE) + 1;
      assertEquals(255, image.getRGB(x, y) & 255);
      assertEquals(greys[i % 3], image.getRGB(x, 132 + y) & 255);
      assertEquals(0, image.getRGB(132 + x, 264 + y) & 255);
    }
    assertThrows(IOException.class, () -> gallery.write(folder.resolve("no/a.png")));
  }
}
