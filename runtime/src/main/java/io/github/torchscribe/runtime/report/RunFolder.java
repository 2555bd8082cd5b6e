package io.github.torchscribe.runtime.report;

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

  private RunFolder() {}

  /** Makes a new folder, {@code NAME-TIME}, with a number where there is one of that name. */
  static Path create(Path runs, String network, ZonedDateTime began) throws IOException {
    Files.createDirectories(runs);
    String name = network.replaceAll("[^\\p{L}\\p{N}._-]", "_") + "-" + TIME.format(began);
    for (int number = 1; ; number++) {
      try {
        return Files.createDirectory(runs.resolve(number == 1 ? name : name + "-" + number));
      } catch (FileAlreadyExistsException e) {
        continue; // another run of the same second
      }
    }
  }
}
