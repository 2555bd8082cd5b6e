package io.github.torchscribe.runtime.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which process a run runs in, so that one can tell of a run that never came to its end whether it
 * goes on or was killed. Only where the system says which machine this is: on Linux.
 */
final class Whereabouts {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMES = Path.of("/proc/self/ns/pid");

  private static final String UNKNOWN = "-";

  private Whereabouts() {}

  /** This process: the machine since it was started, the container, number and start. */
  static String own() {
    long self = ProcessHandle.current().pid();
    return place() + " " + self + " " + begin(self);
  }

  /** Whether a process of this machine is over for certain. */
  static boolean isGone(String process) {
    String[] parts = process.split(" ");
    if (parts.length != 3 || parts[0].isEmpty() || !parts[0].equals(place())) {
      return false; // elsewhere, or nobody knows where
    }
    try {
      long number = Long.parseLong(parts[1]);
      return ProcessHandle.of(number).isEmpty() || isAnother(begin(number), parts[2]);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isAnother(String begin, String before) {
    return !begin.equals(UNKNOWN) && !before.equals(UNKNOWN) && !begin.equals(before);
  }

  /**
   * When a process began, in the system's ticks since the machine was started: a date would be
   * another where the clock has been set since. Its name, in parentheses, may have anything in it;
   * behind it this is the 20th.
   */
  private static String begin(long process) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc", "" + process, "stat"));
      String stat = new String(bytes, StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
      return fields.length < 20 ? UNKNOWN : fields[19];
    } catch (IOException e) {
      return UNKNOWN; // over, another user's, or no Linux
    }
  }

  private static String place() {
    try {
      return Files.readString(BOOT).strip() + "/" + Files.readSymbolicLink(NAMES);
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
