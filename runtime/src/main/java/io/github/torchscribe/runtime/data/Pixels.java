package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.TensorSpec;
import java.awt.image.BufferedImage;

/**
 * Makes numbers from 0 to 1 of images' pixels.
 *
 * @param grey one channel, else red, green and blue
 * @param height images are scaled to
 * @param width images are scaled to
 */
public record Pixels(boolean grey, int height, int width) {
  /** Checks the size, which must be at least 1 × 1. */
  public Pixels {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image cannot be " + height + " × " + width + "; both must be at least 1");
    }
  }

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
   * Writes an image, channel after channel: its samples as they stand, without profile, gamma or
   * transparency, divided by 255. Grey is as ITU-R 601 weighs colours. An image of another size is
   * then scaled, each number being the mean of all that lies around its place. All this is as
   * Python's PIL does it: {@code convert}, {@code resize} with {@code BILINEAR}.
   *
   * @param image in grey, RGB, CMYK or with a palette, of up to 16 bits for each sample
   * @param all is written to
   * @param from where its first number goes
   * @throws IllegalArgumentException when the image is of another kind
   */
  public void write(BufferedImage image, float[] all, int from) {
    write(Samples.of(image), all, from);
  }

  void write(Samples image, float[] all, int from) {
    (grey ? image.grey() : image).scaled(height, width).write(grey ? 1 : 3, all, from);
  }
}
