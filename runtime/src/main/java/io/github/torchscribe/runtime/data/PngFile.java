package io.github.torchscribe.runtime.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * A PNG. Only the chunks that make the samples are handed to Java's reader, each with a checksum
 * that is right, which Java would not look at; transparency, gamma and profiles, which it may apply
 * or stumble over, are left out.
 */
final class PngFile {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] END = {
    0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xae, 0x42, 0x60, (byte) 0x82
  };
  private static final Set<String> WANTED = Set.of("IHDR", "PLTE", "IDAT");

  /** Length, kind and checksum. */
  private static final int AROUND = 12;

  private PngFile() {}

  static boolean is(byte... bytes) {
    return bytes.length >= SIGNATURE.length
        && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  static Samples read(byte[] bytes, long most, Consumer<String> warnings) throws IOException {
    BufferedImage image =
        ImageBytes.read("png", sifted(bytes), most, warnings, reader -> reader.read(0));
    return Samples.of(image);
  }

  private static byte[] sifted(byte... bytes) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length + END.length);
    kept.writeBytes(SIGNATURE);
    int at = SIGNATURE.length;
    boolean found = false;
    while (at + AROUND <= bytes.length) {
      long length = ByteBuffer.wrap(bytes).getInt(at) & 0xffffffffL;
      String kind = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (kind.equals("IEND")) {
        at = bytes.length;
        break;
      }
      if (at + AROUND + length > bytes.length) {
        break;
      }
      int size = AROUND + (int) length;
      if (WANTED.contains(kind)) {
        check(bytes, at, size, kind);
        kept.write(bytes, at, size);
        found |= kind.equals("IDAT");
      }
      at += size;
    }
    if (!found || cutWithin(bytes, at)) {
      throw ImageBytes.cut();
    }
    kept.writeBytes(END);
    return kept.toByteArray();
  }

  /** Whether the file ends in the middle of pixels; what comes behind them may be missing. */
  private static boolean cutWithin(byte[] bytes, int at) {
    return at + 8 <= bytes.length
        && new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1).equals("IDAT");
  }

  private static void check(byte[] bytes, int at, int size, String kind) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(bytes, at + 4, size - 8);
    if ((int) sum.getValue() != ByteBuffer.wrap(bytes).getInt(at + size - 4)) {
      throw new IOException(
          "is damaged: the checksum of a chunk " + kind + " is wrong; remove or mend it");
    }
  }
}
