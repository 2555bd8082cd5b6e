package io.github.torchscribe.runtime.distributed;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The launcher's own standard streams, as bytes: what ranks write is in their character set.
 * Without a buffer, so that all that has been written is seen.
 */
final class Screen {
  static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);
  static final OutputStream ERR = new FileOutputStream(FileDescriptor.err);

  private Screen() {}

  /** Something that the launcher itself has to say. */
  static void say(String text) {
    write(ERR, ("torchscribe-run: " + text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Whole lines; where nobody listens any more, nobody waits for that. */
  static void write(OutputStream stream, byte[] lines) {
    synchronized (stream) {
      try {
        stream.write(lines);
      } catch (IOException e) {
        // the reader has gone
      }
    }
  }
}
