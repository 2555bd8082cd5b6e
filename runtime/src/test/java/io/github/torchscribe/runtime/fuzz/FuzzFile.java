package io.github.torchscribe.runtime.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file for the bytes that a fuzzer makes up; in memory where the system has a place for that. */
public final class FuzzFile {
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path path;

  /** Makes a file. */
  public FuzzFile() {
    try {
      path =
          Files.isWritable(MEMORY)
              ? Files.createTempFile(MEMORY, "torchscribe", ".fuzz")
              : Files.createTempFile("torchscribe", ".fuzz");
      path.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fills the file.
   *
   * @param bytes its whole content
   * @return where it is
   */
  public Path with(byte[] bytes) {
    try {
      return Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
