package io.github.torchscribe.tensorboard;

import java.util.zip.CRC32C;

/** TensorFlow's checksum of records: CRC-32C, masked, since records may hold records. */
final class Checksum {
  private static final int MASK = 0xa282ead8;
  private static final int TURN = 15;

  private Checksum() {}

  static int of(byte... bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), TURN) + MASK;
  }
}
