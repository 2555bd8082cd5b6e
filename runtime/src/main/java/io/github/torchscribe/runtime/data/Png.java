package io.github.torchscribe.runtime.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG files (ISO 15948). Java has a writer of its own in {@code java.desktop}, which small
 * Java runtimes leave out; a run's report does without.
 */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int CHANNELS = 3;
  private static final byte BITS = 8;
  private static final byte RGB = 2;

  private Png() {}

  /**
   * Writes a picture.
   *
   * @param width in pixels
   * @param height in pixels
   * @param rgb row by row, three bytes for each pixel
   * @return the file
   */
  static byte[] of(int width, int height, byte[] rgb) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    chunk(
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(BITS)
            .put(RGB)
            .put(new byte[3]) // deflated, filtered row by row, not interlaced
            .array(),
        out);
    chunk("IDAT", deflated(rows(width, height, rgb)), out);
    chunk("IEND", new byte[0], out);
    return out.toByteArray();
  }

  /** Each row behind the number of its filter: 0, none. */
  private static byte[] rows(int width, int height, byte[] rgb) {
    int length = CHANNELS * width;
    byte[] rows = new byte[height * (1 + length)];
    for (int y = 0; y < height; y++) {
      System.arraycopy(rgb, y * length, rows, y * (1 + length) + 1, length);
    }
    return rows;
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] some = new byte[4096];
      while (!deflater.finished()) {
        out.write(some, 0, deflater.deflate(some));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(String type, byte[] content, ByteArrayOutputStream out) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(name);
    out.writeBytes(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
