package io.github.torchscribe.runtime.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * A TIFF's first page. Java's reader is helped where it differs from Pillow: a page is turned as
 * its tag says, of a palette's 16 bits the high byte counts.
 */
final class TiffFile {
  private static final int PHOTOMETRIC = 262;
  private static final int ORIENTATION = 274;
  private static final int ROWS_PER_STRIP = 278;
  private static final int COLOUR_MAP = 320;
  private static final int LAB = 8;
  private static final int BYTE = 1;
  private static final int LONG = 4;
  private static final int ENTRY = 12;

  /** What programs add says nothing about samples. */
  private static final int FIRST_PRIVATE = 700;

  /** Bytes of a value, by its type. */
  private static final int[] SIZES = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

  private final ByteBuffer bytes;
  private final int directory;

  private TiffFile(byte... all) {
    bytes = ByteBuffer.wrap(all);
    bytes.order(all[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    directory = bytes.getInt(4);
  }

  static boolean is(byte... bytes) {
    if (bytes.length < 8) {
      return false;
    }
    int start = ByteBuffer.wrap(bytes).getInt();
    return start == 0x49492a00 || start == 0x4d4d002a;
  }

  static Samples read(byte[] all, long most, Consumer<String> warnings) throws IOException {
    TiffFile file = new TiffFile(all);
    long orientation;
    byte[][] colours;
    try {
      file.checkEntries();
      orientation = file.number(ORIENTATION, 1);
      colours = file.colours();
      file.limitRows();
      if (file.number(PHOTOMETRIC, 0) >= LAB) {
        throw new IOException("has colours that are neither grey, RGB nor CMYK; convert it to RGB");
      }
    } catch (IndexOutOfBoundsException e) {
      throw ImageBytes.cut();
    }
    BufferedImage image = ImageBytes.read("tiff", all, most, warnings, reader -> reader.read(0));
    if (image.getColorModel() instanceof IndexColorModel palette && colours.length == 3) {
      IndexColorModel exact =
          new IndexColorModel(
              palette.getPixelSize(), colours[0].length, colours[0], colours[1], colours[2]);
      image = new BufferedImage(exact, image.getRaster(), false, null);
    }
    return turned(Samples.of(image), orientation);
  }

  /** Java's reader goes on with defaults where the directory, often at the end, is cut off. */
  private void checkEntries() throws IOException {
    int count = bytes.getShort(directory) & 0xffff;
    for (int i = 0; i < count; i++) {
      int at = directory + 2 + ENTRY * i;
      int type = bytes.getShort(at + 2) & 0xffff;
      long length = (bytes.getInt(at + 4) & 0xffffffffL) * (type < SIZES.length ? SIZES[type] : 1);
      boolean elsewhere = length > 4 && (bytes.getShort(at) & 0xffff) < FIRST_PRIVATE;
      if (elsewhere && (bytes.getInt(at + 8) & 0xffffffffL) + length > bytes.limit()) {
        throw ImageBytes.cut();
      }
    }
    bytes.getInt(directory + 2 + ENTRY * count); // where the next page is
  }

  /** Where an entry of the first directory lies, or −1. */
  private int entry(int tag) {
    int count = bytes.getShort(directory) & 0xffff;
    for (int i = 0; i < count; i++) {
      int at = directory + 2 + ENTRY * i;
      if ((bytes.getShort(at) & 0xffff) == tag) {
        return at;
      }
    }
    return -1;
  }

  private long number(int tag, int otherwise) {
    int at = entry(tag);
    if (at < 0) {
      return otherwise;
    }
    return switch (bytes.getShort(at + 2)) {
      case BYTE -> bytes.get(at + 8) & 0xff;
      case LONG -> bytes.getInt(at + 8) & 0xffffffffL;
      default -> bytes.getShort(at + 8) & 0xffff;
    };
  }

  /** A strip may have more rows than the page; Java's reader takes too many for none. */
  private void limitRows() {
    if (number(ROWS_PER_STRIP, 1) > Integer.MAX_VALUE) {
      bytes.putInt(entry(ROWS_PER_STRIP) + 8, Integer.MAX_VALUE);
    }
  }

  /** Red, green and blue of a palette. */
  private byte[][] colours() {
    int at = entry(COLOUR_MAP);
    if (at < 0) {
      return new byte[0][];
    }
    int count = bytes.getInt(at + 4) / 3;
    int from = bytes.getInt(at + 8);
    byte[][] colours = new byte[3][Math.max(0, Math.min(count, 256))];
    for (int i = 0; i < 3 * colours[0].length; i++) {
      colours[i / colours[0].length][i % colours[0].length] =
          (byte) (bytes.getShort(from + 2 * i) >> 8);
    }
    return colours;
  }

  /** As the tag says, from 1 (as it is) to 8. */
  private static Samples turned(Samples image, long orientation) {
    if (orientation < 2 || orientation > 8) {
      return image;
    }
    boolean lying = orientation > 4;
    int height = lying ? image.width() : image.height();
    int width = lying ? image.height() : image.width();
    boolean fromBelow =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    boolean fromRight =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    int channels = image.channels();
    byte[] values = new byte[image.values().length];
    for (int i = 0; i < height * width; i++) {
      int row = lying ? i % width : i / width;
      int column = lying ? i / width : i % width;
      row = fromBelow ? image.height() - 1 - row : row;
      column = fromRight ? image.width() - 1 - column : column;
      int from = (row * image.width() + column) * channels;
      System.arraycopy(image.values(), from, values, i * channels, channels);
    }
    return new Samples(height, width, channels, values);
  }
}
