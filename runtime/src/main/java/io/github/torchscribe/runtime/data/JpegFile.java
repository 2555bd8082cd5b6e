package io.github.torchscribe.runtime.data;

import java.awt.color.ColorSpace;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * A JPEG. What colours its components stand for is said here, by libjpeg's rules, which are also
 * Pillow's; Java's reader only unpacks them. Markers of applications are not handed on: it would
 * apply a profile in them, fail at one that is broken or guess other colours, each against the
 * samples.
 */
final class JpegFile {
  private static final int START = 0xd8;
  private static final int SCAN = 0xda;
  private static final int END = 0xd9;
  private static final int COMMENT = 0xfe;
  private static final int FIRST_APPLICATION = 0xe0;
  private static final int ADOBE = 0xee;
  private static final int LAST_APPLICATION = 0xef;
  private static final int NONE = -1;
  private static final int HALF = 1 << 15;

  /** Adobe's marker: luminance and differences of colour. */
  private static final byte[] LUMA = {
    (byte) 0xff, (byte) ADOBE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 1
  };

  private static final ImageTypeSpecifier RGB =
      ImageTypeSpecifier.createInterleaved(
          ColorSpace.getInstance(ColorSpace.CS_sRGB),
          new int[] {0, 1, 2},
          DataBuffer.TYPE_BYTE,
          false,
          false);

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean jfif;
  private int adobe = NONE;
  private String names = "";

  private JpegFile() {}

  static boolean is(byte... bytes) {
    return bytes.length > 2
        && bytes[0] == (byte) 0xff
        && bytes[1] == (byte) START
        && bytes[2] == (byte) 0xff;
  }

  static Samples read(byte[] bytes, long most, Consumer<String> warnings) throws IOException {
    JpegFile file = new JpegFile();
    file.sift(bytes);
    boolean luma = file.names.length() == 3 && file.isLuma();
    byte[] sifted = file.sifted(luma);
    Raster raster =
        ImageBytes.read(
            "jpeg",
            sifted,
            most,
            warnings,
            reader -> luma ? rgb(reader) : reader.readRaster(0, null));
    int height = raster.getHeight();
    int width = raster.getWidth();
    byte[] values = ((DataBufferByte) raster.getDataBuffer()).getData();
    switch (raster.getNumBands()) {
      case 1:
      case 3:
        return new Samples(height, width, raster.getNumBands(), values);
      case 4:
        if (file.adobe != 0 && file.adobe != NONE) {
          cmykOfYcck(values);
        }
        for (int i = 0; i < values.length; i++) {
          values[i] = (byte) ~values[i]; // Adobe's convention, which Pillow takes for everybody's
        }
        return new Samples(height, width, 3, Samples.rgbOfCmyk(values));
      default:
        throw new IOException(
            "is a JPEG of " + raster.getNumBands() + " components; convert it to RGB");
    }
  }

  /** What most are: libjpeg makes red, green and blue, and they are not reordered afterwards. */
  private static Raster rgb(ImageReader reader) throws IOException {
    ImageReadParam order = reader.getDefaultReadParam();
    order.setDestination(RGB.createBufferedImage(reader.getWidth(0), reader.getHeight(0)));
    return reader.read(0, order).getRaster();
  }

  /** Luminance and differences of colour become red, green and blue, and those the lack of them. */
  private static void cmykOfYcck(byte... values) {
    for (int i = 0; i + 3 < values.length; i += 4) {
      int y = values[i] & 0xff;
      int blue = (values[i + 1] & 0xff) - 128;
      int red = (values[i + 2] & 0xff) - 128;
      values[i] = (byte) ~clipped(y + (91881 * red + HALF >> 16)); // 1.402
      values[i + 1] = (byte) ~clipped(y + (-22554 * blue - 46802 * red + HALF >> 16));
      values[i + 2] = (byte) ~clipped(y + (116130 * blue + HALF >> 16)); // 1.772
    }
  }

  private static int clipped(int sample) {
    return Math.max(0, Math.min(255, sample));
  }

  private boolean isLuma() {
    if (jfif) {
      return true;
    }
    return adobe == NONE ? !names.equals("RGB") : adobe != 0;
  }

  /** Keeps what the samples need, and notes what is said of colours. */
  private void sift(byte... bytes) {
    int at = 2;
    while (true) {
      int marker = at;
      while (marker + 1 < bytes.length && !isMarker(bytes, marker)) {
        marker++;
      }
      int kind = marker + 1 < bytes.length ? bytes[marker + 1] & 0xff : END;
      int length = marker + 3 < bytes.length ? word(bytes, marker + 2) : 0;
      int end = marker + 2 + length;
      if (kind == SCAN || kind == END || length < 2 || end > bytes.length) {
        kept.write(bytes, marker, bytes.length - marker);
        return;
      }
      note(kind, Arrays.copyOfRange(bytes, marker + 4, end));
      if (kind != COMMENT && (kind < FIRST_APPLICATION || kind > LAST_APPLICATION)) {
        kept.write(bytes, marker, end - marker);
      }
      at = end;
    }
  }

  private byte[] sifted(boolean luma) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(kept.size() + LUMA.length + 2);
    all.write(0xff);
    all.write(START);
    if (luma) {
      all.writeBytes(LUMA);
    }
    all.writeBytes(kept.toByteArray());
    return all.toByteArray();
  }

  private static boolean isMarker(byte[] bytes, int at) {
    return bytes[at] == (byte) 0xff && bytes[at + 1] != (byte) 0xff && bytes[at + 1] != 0;
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }

  private void note(int kind, byte... content) {
    if (kind == FIRST_APPLICATION && content.length >= 14) {
      jfif |= text(content, 0, 5).equals("JFIF\0");
    } else if (kind == ADOBE && content.length >= 12 && text(content, 0, 5).equals("Adobe")) {
      adobe = content[11] & 0xff;
    } else if (isFrame(kind) && content.length >= 15 && content[5] == 3) {
      names = "" + (char) content[6] + (char) content[9] + (char) content[12];
    }
  }

  /** A start of frame: all between them but tables, among whose markers it is. */
  private static boolean isFrame(int kind) {
    return kind >= 0xc0 && kind <= 0xcf && kind != 0xc4 && kind != 0xc8 && kind != 0xcc;
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
