package io.github.torchscribe.samples.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process' memory, as Linux tells it. */
public final class Memory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Memory() {}

  /**
   * Whether it can be read here.
   *
   * @return true on Linux
   */
  public static boolean isKnown() {
    return Files.exists(STATUS);
  }

  /**
   * What of it is in the machine's memory.
   *
   * @return in kB
   * @throws IOException when it cannot be read
   */
  public static long residentKilobytes() throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith("VmRSS")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmRSS in " + STATUS);
  }
}
