package io.github.torchscribe.samples.pictures;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** A picture of pictures: scenes in the first row, below them their masks, then what was found. */
final class Gallery {
  private static final int SCALE = 2;
  private static final int GAP = 4;
  private static final int TILE = SCALE * Scene.SIZE + GAP;
  private static final int WHITE = 0xff_ff_ff;

  private final BufferedImage image;

  private Gallery(int columns) {
    image = new BufferedImage(columns * TILE - GAP, 3 * TILE - GAP, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, WHITE);
      }
    }
  }

  /**
   * Writes a PNG file.
   *
   * @param found for each scene 1 where a cell was found, 0 elsewhere
   */
  static void write(Path file, List<Scene> scenes, List<float[]> found) throws IOException {
    Gallery gallery = new Gallery(scenes.size());
    for (int i = 0; i < scenes.size(); i++) {
      gallery.put(i, 0, scenes.get(i).pixels());
      gallery.put(i, 1, scenes.get(i).mask());
      gallery.put(i, 2, found.get(i));
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    if (!ImageIO.write(gallery.image, "png", png)) {
      throw new IOException("this Java has no writer for PNG");
    }
    Files.write(file, png.toByteArray());
  }

  private void put(int column, int row, float[] pixels) {
    for (int y = 0; y < SCALE * Scene.SIZE; y++) {
      for (int x = 0; x < SCALE * Scene.SIZE; x++) {
        float light = pixels[y / SCALE * Scene.SIZE + x / SCALE];
        int grey = Math.round(255 * Math.min(1, Math.max(0, light)));
        image.setRGB(column * TILE + x, row * TILE + y, grey * 0x01_01_01);
      }
    }
  }
}
