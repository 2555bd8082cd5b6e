package io.github.torchscribe.tensorboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine is called. Java's own way asks the network, which may take seconds. */
final class Host {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  private Host() {}

  /** Letters, digits, dots and hyphens; a name is not a path, whatever it says. */
  static String name() {
    return clean(stated());
  }

  static String clean(String name) {
    String plain = name.strip().replaceAll("[^A-Za-z0-9.-]", "_");
    return plain.isEmpty() ? "localhost" : plain;
  }

  private static String stated() {
    for (String variable : new String[] {"COMPUTERNAME", "HOSTNAME"}) {
      String set = System.getenv(variable);
      if (set != null && !set.isBlank()) {
        return set;
      }
    }
    try {
      return Files.readString(LINUX, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
