package io.github.torchscribe.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many cores this process may use for as long as it likes, by Linux' control groups, as a
 * container's {@code --cpus 1.25} says it. The JVM rounds that up. But threads that wait for each
 * other stand still together once a quota is used up: with 1.25 cores two come to less than one.
 */
final class Quota {
  private static final double ALL = Double.POSITIVE_INFINITY;

  /** As it was when the process began. */
  private static final double CORES = cores(Path.of("/"));

  private Quota() {}

  /**
   * How many threads there should be.
   *
   * @param processors as many as the JVM says
   */
  static int threads(int processors) {
    return threads(processors, CORES);
  }

  /** One less than the JVM says where it has rounded up by more than a half. */
  static int threads(int processors, double cores) {
    boolean rounded = processors > 1 && processors == Math.ceil(cores);
    return rounded ? Math.max(1, (int) Math.round(cores)) : processors;
  }

  /**
   * The least that a group allows in which this process is.
   *
   * @param root of the file system
   * @return infinite where nothing is said
   */
  static double cores(Path root) {
    double least = ALL;
    try {
      for (String line : Files.readAllLines(root.resolve("proc/self/cgroup"))) {
        String[] parts = line.split(":", 3); // number:controllers:/path
        if (parts.length == 3 && parts[1].isEmpty()) {
          least = Math.min(least, along(root.resolve("sys/fs/cgroup"), parts[2]));
        } else if (parts.length == 3 && ("," + parts[1] + ",").contains(",cpu,")) {
          least = Math.min(least, along(root.resolve("sys/fs/cgroup/cpu"), parts[2]));
        }
      }
    } catch (IOException | RuntimeException e) {
      return ALL; // another system, or one that does not tell
    }
    return least;
  }

  /** A group's quota, or that of one around it. In a container the path may be one outside. */
  private static double along(Path mounted, String path) throws IOException {
    double least = of(mounted);
    Path group = mounted;
    for (Path name : Path.of(path)) {
      group = group.resolve(name);
      least = Math.min(least, of(group));
    }
    return least;
  }

  private static double of(Path group) throws IOException {
    Path both = group.resolve("cpu.max");
    if (Files.isReadable(both)) {
      String[] parts = text(both).split(" ");
      return parts[0].equals("max") ? ALL : Double.parseDouble(parts[0]) / period(parts[1]);
    }
    Path quota = group.resolve("cpu.cfs_quota_us");
    if (!Files.isReadable(quota)) {
      return ALL;
    }
    double allowed = Double.parseDouble(text(quota));
    return allowed <= 0 ? ALL : allowed / period(text(group.resolve("cpu.cfs_period_us")));
  }

  private static double period(String text) {
    double period = Double.parseDouble(text);
    if (period <= 0) {
      throw new NumberFormatException("a period of " + text);
    }
    return period;
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.US_ASCII).strip();
  }
}
