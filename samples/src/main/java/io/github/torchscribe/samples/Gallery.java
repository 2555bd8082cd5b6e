package io.github.torchscribe.samples;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** A picture of pictures: grey squares of one size, in rows and columns. */
public final class Gallery {
  private static final int SCALE = 2;
  private static final int GAP = 4;
  private static final int WHITE = 0xff_ff_ff;

  private final int size;
  private final BufferedImage image;

  /**
   * White, until something is put into it.
   *
   * @param size how many pixels each picture is wide and high
   */
  public Gallery(int columns, int rows, int size) {
    this.size = size;
    int tile = SCALE * size + GAP;
    image = new BufferedImage(columns * tile - GAP, rows * tile - GAP, BufferedImage.TYPE_INT_RGB);
    int[] white = new int[image.getWidth()];
    Arrays.fill(white, WHITE);
    for (int y = 0; y < image.getHeight(); y++) {
      image.setRGB(0, y, white.length, 1, white, 0, white.length);
    }
  }

  /**
   * Puts a picture into its place.
   *
   * @param pixels row by row, 0 black and 1 white
   */
  public void put(int column, int row, float... pixels) {
    int tile = SCALE * size + GAP;
    for (int y = 0; y < SCALE * size; y++) {
      for (int x = 0; x < SCALE * size; x++) {
        float light = pixels[y / SCALE * size + x / SCALE];
        int grey = Math.round(255 * Math.min(1, Math.max(0, light)));
        image.setRGB(column * tile + x, row * tile + y, grey * 0x01_01_01);
      }
    }
  }

  /**
   * Writes a PNG file.
   *
   * @throws IOException when it cannot be written
   */
  public void write(Path file) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", png)) {
      throw new IOException("this Java has no writer for PNG");
    }
    Files.write(file, png.toByteArray());
  }
}
