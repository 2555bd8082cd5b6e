package io.github.torchscribe.runtime.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes two files of which the second says where in the first its numbers lie, so that both are
 * there, or what was there before. Neither is ever beside what the other was before, not even where
 * the process is killed: there is no second file then, and not one that reads wrong numbers.
 */
final class WholePair {
  private final Path data;
  private final Path file;

  /** What was there before, while it is not known whether it is to come back. */
  private final Path dataBefore;

  private final Path fileBefore;

  private WholePair(Path data, Path file) {
    this.data = data;
    this.file = file;
    dataBefore = WholeFile.part(data);
    fileBefore = WholeFile.part(file);
  }

  /**
   * Writes both.
   *
   * @param data the first
   * @param numbers for it
   * @param file the second
   * @param content for it
   * @throws IOException says what is in the way of which
   */
  static void write(Path data, WholeFile.Content numbers, Path file, WholeFile.Content content)
      throws IOException {
    WholePair pair = new WholePair(WholeFile.target(data), WholeFile.target(file));
    Path dataPart = WholeFile.part(pair.data);
    Path filePart = WholeFile.part(pair.file);
    Path at = data;
    try {
      WholeFile.fill(dataPart, numbers);
      at = file;
      WholeFile.fill(filePart, content);
      pair.exchange(dataPart, filePart);
    } catch (IOException e) {
      throw WholeFile.failure(at, e);
    } finally {
      Files.deleteIfExists(dataPart);
      Files.deleteIfExists(filePart);
    }
  }

  private void exchange(Path dataPart, Path filePart) throws IOException {
    try {
      aside(file, fileBefore);
      aside(data, dataBefore);
      WholeFile.rename(dataPart, data);
      WholeFile.rename(filePart, file);
    } catch (IOException e) {
      restore(dataPart, e);
      throw e;
    }
    Files.deleteIfExists(fileBefore);
    Files.deleteIfExists(dataBefore);
  }

  private static void aside(Path some, Path before) throws IOException {
    if (Files.exists(some)) {
      Files.move(some, before, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The numbers first: the second file reads them. */
  private void restore(Path dataPart, IOException failure) {
    try {
      if (Files.exists(dataBefore)) {
        WholeFile.rename(dataBefore, data);
      } else if (!Files.exists(dataPart)) {
        Files.deleteIfExists(data); // it has had its name already
      }
      if (Files.exists(fileBefore)) {
        WholeFile.rename(fileBefore, file);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
