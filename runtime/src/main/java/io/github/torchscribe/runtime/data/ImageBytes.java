package io.github.torchscribe.runtime.data;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStreamImpl;

/** A file's bytes for Java's image readers, which knows whether they wanted more than there are. */
final class ImageBytes extends ImageInputStreamImpl {
  /** What Pillow takes at most, lest a header of some bytes ask for all memory. */
  static final long MOST_PIXELS = 178_956_970;

  private final byte[] bytes;
  private boolean exhausted;

  private ImageBytes(byte... bytes) {
    this.bytes = bytes;
    setByteOrder(ByteOrder.BIG_ENDIAN);
  }

  /** What is wanted of a reader. */
  interface Reading<T> {
    T of(ImageReader reader) throws IOException;
  }

  /**
   * Lets the reader that comes with Java read; those that somebody adds may see other colours.
   *
   * @param format its name
   * @param most how many pixels the image may have
   * @param warnings is told what is odd about the file
   * @throws IOException when it cannot be read; the message says why
   */
  static <T> T read(
      String format, byte[] bytes, long most, Consumer<String> warnings, Reading<T> reading)
      throws IOException {
    try (ImageBytes in = new ImageBytes(bytes)) {
      return read(reader(format), in, most, warnings, reading);
    }
  }

  /** Lets any reader read that takes the file for one of its own, as {@code ImageIO.read} does. */
  static BufferedImage read(byte[] bytes, long most, Consumer<String> warnings) throws IOException {
    try (ImageBytes in = new ImageBytes(bytes)) {
      return read(readerOf(in), in, most, warnings, reader -> reader.read(0));
    }
  }

  private static <T> T read(
      ImageReader reader, ImageBytes in, long most, Consumer<String> warnings, Reading<T> reading)
      throws IOException {
    try {
      boolean[] warned = new boolean[1];
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (!warned[0]) { // one for a file, there may be thousands
              warnings.accept(warning);
            }
            warned[0] = true;
          });
      reader.setInput(in, true, true);
      checkSize(
          attempt(reader, one -> one.getHeight(0)), attempt(reader, one -> one.getWidth(0)), most);
      if (attempt(reader, one -> one.isImageTiled(0))) { // one of them may be larger than the image
        checkSize(
            attempt(reader, one -> one.getTileHeight(0)),
            attempt(reader, one -> one.getTileWidth(0)),
            most);
      }
      T result = attempt(reader, reading);
      // A JPEG that is cut off is filled with grey, and a warning is all that is said of it.
      if (warned[0] && in.exhausted) {
        throw cut();
      }
      return result;
    } finally {
      reader.dispose();
    }
  }

  /** Readers throw all kinds at bad files. */
  private static <T> T attempt(ImageReader reader, Reading<T> reading) throws IOException {
    try {
      return reading.of(reader);
    } catch (EOFException e) {
      throw cut();
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  static IOException damaged(Exception e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new IOException(
        "is damaged, or of a kind that Java cannot read (" + reason + "); remove or mend it", e);
  }

  static IOException cut() {
    return new IOException("is cut off: the file ends before the image does; remove or mend it");
  }

  static void checkSize(long height, long width, long most) throws IOException {
    if (height < 1 || width < 1 || height * width > most) {
      throw new IOException(
          "says that it is "
              + height
              + " × "
              + width
              + "; an image has from 1 to "
              + most
              + " pixels");
    }
  }

  private static ImageReader reader(String format) {
    Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName(format);
    while (all.hasNext()) {
      ImageReader one = all.next();
      if (one.getClass().getModule() == ImageIO.class.getModule()) {
        return one;
      }
      one.dispose();
    }
    throw new IllegalStateException("this Java has no reader for " + format);
  }

  private static ImageReader readerOf(ImageBytes in) throws IOException {
    Iterator<ImageReader> readers;
    try {
      readers = ImageIO.getImageReaders(in);
      if (readers.hasNext()) {
        return readers.next();
      }
    } catch (RuntimeException e) {
      throw damaged(e);
    }
    throw new IOException("is no image that Java can read; remove or mend it");
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      exhausted = true;
      return -1;
    }
    return bytes[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    if (count <= 0) {
      exhausted = true;
      return -1;
    }
    System.arraycopy(bytes, (int) streamPos, into, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
