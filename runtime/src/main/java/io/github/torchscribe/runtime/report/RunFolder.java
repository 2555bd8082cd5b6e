package io.github.torchscribe.runtime.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /** What writes a file. */
  interface Writer {
    void write(OutputStream out) throws IOException;
  }

  /** Writes a file whole or not at all. */
  void write(String name, Writer writer) throws IOException {
    Path part = file(name + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        writer.write(out);
      }
      Files.move(part, file(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }
}
