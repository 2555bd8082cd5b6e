package io.github.torchscribe.runtime.distributed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a rank writes, line by line, each with a mark that says whose it is. Lines are bytes:
 * whatever character set they are in, they stay as they are, and lines of several ranks do not mix.
 */
final class RankOutput extends Thread {
  private static final int CHUNK = 1 << 14;

  /** A line that is longer is divided. */
  private static final int LONGEST_LINE = 1 << 23;

  private final InputStream from;
  private final OutputStream to;
  private final byte[] mark;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * Not begun.
   *
   * @param from one rank's
   * @param to of all ranks; one writes at a time
   * @param mark what each line begins with
   */
  RankOutput(InputStream from, OutputStream to, String mark) {
    super("torchscribe-run " + mark);
    this.from = from;
    this.to = to;
    this.mark = mark.getBytes(StandardCharsets.US_ASCII);
    setDaemon(true);
  }

  @Override
  public void run() {
    byte[] chunk = new byte[CHUNK];
    try (from) {
      for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
        take(chunk, length);
      }
    } catch (IOException e) {
      // the rank has gone, which is told elsewhere
    }
    if (line.size() > 0) {
      writeLine();
    }
  }

  private void take(byte[] chunk, int length) {
    int begin = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n') {
        line.write(chunk, begin, i - begin);
        writeLine();
        begin = i + 1;
      }
    }
    line.write(chunk, begin, length - begin);
    if (line.size() > LONGEST_LINE) {
      writeLine();
    }
  }

  private void writeLine() {
    byte[] whole = new byte[mark.length + line.size() + 1];
    System.arraycopy(mark, 0, whole, 0, mark.length);
    System.arraycopy(line.toByteArray(), 0, whole, mark.length, line.size());
    whole[whole.length - 1] = '\n';
    line.reset();
    Screen.write(to, whole);
  }
}
