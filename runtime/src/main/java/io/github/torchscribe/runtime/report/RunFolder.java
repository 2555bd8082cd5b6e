package io.github.torchscribe.runtime.report;

import io.github.torchscribe.runtime.page.WholePage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The folder of one run. */
final class RunFolder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /** Makes a new folder, {@code NAME-TIME}, with a number where there is one of that name. */
  static RunFolder create(Path runs, String network, ZonedDateTime began) throws IOException {
    Files.createDirectories(runs);
    String name = network.replaceAll("[^\\p{L}\\p{N}._-]", "_") + "-" + TIME.format(began);
    for (int number = 1; ; number++) {
      try {
        return new RunFolder(
            Files.createDirectory(runs.resolve(number == 1 ? name : name + "-" + number)));
      } catch (FileAlreadyExistsException e) {
        continue; // another run of the same second
      }
    }
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /** Writes a file whole or not at all. */
  void write(String name, WholePage.Writer writer) throws IOException {
    WholePage.write(file(name), false, writer);
  }
}
