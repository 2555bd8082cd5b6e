package io.github.torchscribe.runtime.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process a run runs in, so that one can tell of a run that never came to its end whether it
 * goes on or was killed. Only where the system says which machine this is: on Linux.
 */
final class Whereabouts {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMES = Path.of("/proc/self/ns/pid");

  private Whereabouts() {}

  /** This process: the machine since it was started, the container, number and start. */
  static String own() {
    ProcessHandle self = ProcessHandle.current();
    return place() + " " + self.pid() + " " + begin(self);
  }

  /** Whether a process of this machine is over for certain. */
  static boolean isGone(String process) {
    String[] parts = process.split(" ");
    if (parts.length != 3 || parts[0].isEmpty() || !parts[0].equals(place())) {
      return false; // elsewhere, or nobody knows where
    }
    try {
      Optional<ProcessHandle> found = ProcessHandle.of(Long.parseLong(parts[1]));
      return found.isEmpty() || !begin(found.get()).equals(parts[2]);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String begin(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("-");
  }

  private static String place() {
    try {
      return Files.readString(BOOT).strip() + "/" + Files.readSymbolicLink(NAMES);
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
