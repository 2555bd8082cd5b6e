package io.github.torchscribe.runtime.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * An image's samples from 0 to 255 as they stand in its file: row by row, pixel by pixel, one of
 * grey or three of red, green and blue. No profile, gamma or transparency is applied; of 16 bits
 * the high byte counts. So does Python's PIL, {@code Image.convert("RGB")} or {@code ("L")}.
 *
 * @param channels 1 or 3
 * @param values height × width × channels
 */
record Samples(int height, int width, int channels, byte[] values) {
  private static final int BYTE = 8;
  private static final int LARGEST = 255;
  private static final int MOST_PIXELS = (Integer.MAX_VALUE - 8) / 4; // of CMYK in an array
  private static final float[] UNIT = new float[LARGEST + 1];

  static {
    for (int i = 0; i <= LARGEST; i++) {
      UNIT[i] = i / (float) LARGEST;
    }
  }

  /**
   * Reads an image in memory.
   *
   * @throws IllegalArgumentException when it has numbers or colours that are not understood
   */
  static Samples of(BufferedImage image) {
    long pixels = (long) image.getHeight() * image.getWidth();
    if (pixels > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "it has " + pixels + " pixels; an image has at most " + MOST_PIXELS);
    }
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return ofPalette(image.getRaster(), palette);
    }
    int components = model.getNumColorComponents();
    int kind = model.getColorSpace().getType();
    boolean known =
        kind == ColorSpace.TYPE_GRAY && components == 1
            || kind == ColorSpace.TYPE_RGB && components == 3
            || kind == ColorSpace.TYPE_CMYK && components == 4;
    if (!known) {
      throw new IllegalArgumentException(
          "its colours are neither grey, RGB nor CMYK; convert it to RGB");
    }
    byte[] values = components(image.getRaster(), model, components);
    int height = image.getHeight();
    int width = image.getWidth();
    return components == 4
        ? new Samples(height, width, 3, rgbOfCmyk(values))
        : new Samples(height, width, components, values);
  }

  private static Samples ofPalette(Raster raster, IndexColorModel palette) {
    int height = raster.getHeight();
    int width = raster.getWidth();
    int[] colours =
        new int[1 << Math.max(BYTE, palette.getPixelSize())]; // what is not in it is black
    int[] given = new int[palette.getMapSize()];
    palette.getRGBs(given);
    System.arraycopy(given, 0, colours, 0, Math.min(given.length, colours.length));
    byte[] values = new byte[height * width * 3];
    int[] row = new int[width];
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int index : row) {
        int colour = colours[index];
        values[to++] = (byte) (colour >> 16);
        values[to++] = (byte) (colour >> BYTE);
        values[to++] = (byte) colour;
      }
    }
    return new Samples(height, width, 3, values);
  }

  /**
   * The first so many samples of each pixel: what comes behind them is alpha, which is left out,
   * and divided out where samples have been multiplied by it.
   */
  private static byte[] components(Raster raster, ColorModel model, int components) {
    int[] bits = model.getComponentSize();
    boolean multiplied = model.hasAlpha() && model.isAlphaPremultiplied();
    int type = raster.getTransferType();
    boolean whole =
        type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT && raster.getNumDataElements() == 1;
    if (!whole || Arrays.stream(bits).anyMatch(b -> b < 1 || b > 16)) {
      throw new IllegalArgumentException(
          "its samples are no whole numbers of 8 or 16 bits; convert it to 8 bits");
    }
    int width = raster.getWidth();
    int height = raster.getHeight();
    int bands = raster.getNumBands();
    byte[] values = new byte[height * width * components];
    boolean plain =
        type == DataBuffer.TYPE_BYTE
            && raster.getNumDataElements() == bands
            && Arrays.stream(bits).allMatch(b -> b == BYTE);
    if (plain && bands == components) {
      raster.getDataElements(raster.getMinX(), raster.getMinY(), width, height, values);
      return values;
    }
    int[] row = new int[width * bands];
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int from = 0; from < row.length; from += bands) {
        int alpha =
            multiplied ? toByte(row[from + components], bits[components]) & LARGEST : LARGEST;
        for (int c = 0; c < components; c++) {
          byte sample = toByte(row[from + c], bits[c]);
          values[to++] =
              alpha == 0 ? sample : (byte) Math.min(LARGEST, (sample & LARGEST) * LARGEST / alpha);
        }
      }
    }
    return values;
  }

  private static byte toByte(int sample, int bits) {
    return bits >= BYTE
        ? (byte) (sample >> bits - BYTE)
        : (byte) (sample * LARGEST / ((1 << bits) - 1));
  }

  /** As PIL does it: what ink there is takes from white, whatever the inks are. */
  static byte[] rgbOfCmyk(byte... inks) {
    byte[] values = new byte[inks.length / 4 * 3];
    for (int from = 0, to = 0; from < inks.length; from += 4, to += 3) {
      int light = LARGEST - (inks[from + 3] & LARGEST);
      for (int c = 0; c < 3; c++) {
        int product = (inks[from + c] & LARGEST) * light + 128;
        values[to + c] = (byte) Math.max(0, light - ((product >> BYTE) + product >> BYTE));
      }
    }
    return values;
  }

  /** One channel, as ITU-R 601 weighs colours. */
  Samples grey() {
    if (channels == 1) {
      return this;
    }
    byte[] grey = new byte[height * width];
    for (int i = 0, from = 0; i < grey.length; i++, from += 3) {
      int red = values[from] & LARGEST;
      int green = values[from + 1] & LARGEST;
      int blue = values[from + 2] & LARGEST;
      grey[i] = (byte) (red * 19595 + green * 38470 + blue * 7471 + 0x8000 >> 16);
    }
    return new Samples(height, width, 1, grey);
  }

  /** The same in another size. */
  Samples scaled(int newHeight, int newWidth) {
    return Bilinear.scaled(this, newHeight, newWidth);
  }

  /**
   * Writes numbers from 0 to 1, channel after channel; grey goes into as many as are wanted.
   *
   * @param wanted 1, or 3
   */
  void write(int wanted, float[] all, int from) {
    int pixels = height * width;
    for (int c = 0; c < wanted; c++) {
      int to = from + c * pixels;
      for (int i = 0, at = channels == 1 ? 0 : c; i < pixels; i++, at += channels) {
        all[to + i] = UNIT[values[at] & LARGEST];
      }
    }
  }

  /** An image that has these samples, for whoever draws or writes it. */
  BufferedImage image() {
    int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(width, height, type);
    image.getRaster().setDataElements(0, 0, width, height, values);
    return image;
  }
}
