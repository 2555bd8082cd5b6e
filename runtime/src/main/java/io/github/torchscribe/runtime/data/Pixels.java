package io.github.torchscribe.runtime.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * Makes numbers from 0 to 1 of images' pixels.
 *
 * @param grey one channel, else red, green and blue
 * @param height images are scaled to
 * @param width images are scaled to
 */
public record Pixels(boolean grey, int height, int width) {
  /**
   * Numbers for a network.
   *
   * @param input (1, H, W) or (3, H, W)
   * @return what makes them
   * @throws IllegalArgumentException when the input is another
   */
  public static Pixels of(TensorSpec input) {
    if (!Picture.isOne(input)) {
      throw new IllegalArgumentException("the network takes " + input + ", which is no image");
    }
    long[] shape = input.shape();
    return new Pixels(shape[0] == 1, (int) shape[1], (int) shape[2]);
  }

  /**
   * Writes an image, channel after channel; grey as ITU-R 601 weighs colours, and as Python's PIL
   * does. It is scaled, between pixels, where it has another size.
   *
   * @param image any
   * @param all is written to
   * @param from where its first number goes
   */
  public void write(BufferedImage image, float[] all, int from) {
    int pixels = height * width;
    int[] colours = scaled(image).getRGB(0, 0, width, height, null, 0, width);
    for (int i = 0; i < pixels; i++) {
      int red = colours[i] >> 16 & 0xff;
      int green = colours[i] >> 8 & 0xff;
      int blue = colours[i] & 0xff;
      if (grey) {
        int luma = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
        all[from + i] = luma / 255f;
      } else {
        all[from + i] = red / 255f;
        all[from + pixels + i] = green / 255f;
        all[from + 2 * pixels + i] = blue / 255f;
      }
    }
  }

  private BufferedImage scaled(BufferedImage image) {
    if (image.getHeight() == height && image.getWidth() == width) {
      return image;
    }
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }
}
