package io.github.torchscribe.runtime.data;

import java.io.IOException;

/** A portable anymap: PBM, PGM or PPM, in text or binary, which Java has no reader for. */
final class PnmFile {
  private static final int LARGEST = 0xffff;

  private final byte[] bytes;
  private int at = 2;

  private PnmFile(byte... bytes) {
    this.bytes = bytes;
  }

  static boolean is(byte... bytes) {
    return bytes.length > 2
        && bytes[0] == 'P'
        && bytes[1] >= '1'
        && bytes[1] <= '6'
        && isSpace(bytes[2]);
  }

  static Samples read(byte[] bytes, long most) throws IOException {
    return new PnmFile(bytes).read(most);
  }

  private Samples read(long most) throws IOException {
    int kind = bytes[1] - '0';
    int width = number(true);
    int height = number(true);
    boolean bits = kind == 1 || kind == 4;
    int largest = bits ? 1 : number(true);
    ImageBytes.checkSize(height, width, most);
    if (largest < 1 || largest > LARGEST) {
      throw new IOException("is damaged: its largest sample is " + largest + "; remove or mend it");
    }
    int channels = kind == 3 || kind == 6 ? 3 : 1;
    long count = (long) height * width * channels;
    at += kind > 3 ? 1 : 0; // the one space before binary samples
    long least = kind == 4 ? (width + 7) / 8 * (long) height : count;
    if (least * (kind > 4 && largest > 255 ? 2 : 1) > bytes.length - at) {
      throw ImageBytes.cut();
    }
    byte[] values = new byte[(int) count];
    for (int i = 0; i < values.length; i++) {
      if (bits) {
        values[i] = (byte) (bit(kind, i / width, i % width, width) == 1 ? 0 : 255);
      } else {
        values[i] = toByte(kind > 3 ? binary(largest) : number(false), largest);
      }
    }
    return new Samples(height, width, channels, values);
  }

  private static byte toByte(int sample, int largest) {
    return (byte) Math.min(255, Math.rint((double) sample / largest * 255));
  }

  private int bit(int kind, int row, int column, int width) throws IOException {
    if (kind == 4) {
      return bytes[at + row * ((width + 7) / 8) + column / 8] >> 7 - column % 8 & 1;
    }
    skip();
    if (at >= bytes.length) {
      throw ImageBytes.cut();
    }
    if (bytes[at] != '0' && bytes[at] != '1') {
      throw noNumber();
    }
    return bytes[at++] - '0';
  }

  private int binary(int largest) {
    int high = largest > 255 ? (bytes[at++] & 0xff) << 8 : 0;
    return high | bytes[at++] & 0xff;
  }

  private int number(boolean header) throws IOException {
    skip();
    int start = at;
    long number = 0;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && number < 1 << 30) {
      number = 10 * number + bytes[at++] - '0';
    }
    if (at >= bytes.length && (header || at == start)) {
      throw ImageBytes.cut();
    }
    if (at == start || number > Integer.MAX_VALUE) {
      throw noNumber();
    }
    return (int) number;
  }

  private IOException noNumber() {
    return new IOException("is damaged: there is no number at byte " + at + "; remove or mend it");
  }

  /** Over spaces and comments. */
  private void skip() {
    while (at < bytes.length && (isSpace(bytes[at]) || bytes[at] == '#')) {
      if (bytes[at] == '#') {
        while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
          at++;
        }
      } else {
        at++;
      }
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }
}
