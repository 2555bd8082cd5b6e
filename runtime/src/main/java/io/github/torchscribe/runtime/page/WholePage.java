package io.github.torchscribe.runtime.page;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a page, or what belongs to one, whole or not at all: under another name, which it loses.
 */
public final class WholePage {
  private WholePage() {}

  /** What writes a file. */
  public interface Writer {
    /** Writes all of it. */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, or leaves what was there before; also where the thread has been interrupted:
   * what is to be kept is what it came to until then.
   *
   * @param isKept whether it is on the disk when this returns, and not on its way there; that takes
   *     a hundredth of a second
   */
  public static void write(Path file, boolean isKept, Writer writer) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      // A channel would be closed where the thread that writes is interrupted.
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        writer.write(out);
      }
      if (isKept) {
        keep(part);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  /** Waits until the disk has a file, which is not given up for an interrupt either. */
  private static void keep(Path file) throws IOException {
    try (RandomAccessFile written = new RandomAccessFile(file.toFile(), "rw")) {
      written.getFD().sync();
    }
  }
}
