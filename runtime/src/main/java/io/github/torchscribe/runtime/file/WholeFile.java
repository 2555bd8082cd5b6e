package io.github.torchscribe.runtime.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file so that it is there as a whole or not at all: into another file beside it, which
 * the disk is made to keep, and which then takes its name.
 */
final class WholeFile {
  /** How a file is called while it is written. */
  static final String PART = ".part";

  private WholeFile() {}

  /** Writes the content. */
  interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file, or leaves what was there before.
   *
   * @param path where to; through a symbolic link to what it names
   * @throws IOException says what is in the way
   */
  static void write(Path path, Content content) throws IOException {
    Path target = target(path);
    Path part = part(target);
    try {
      fill(part, content);
      rename(part, target);
    } catch (IOException e) {
      throw failure(path, e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** What a path names, where a file can be. */
  static Path target(Path path) throws IOException {
    Path target = Files.isSymbolicLink(path) && Files.exists(path) ? path.toRealPath() : path;
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new IOException("cannot write " + path + ": it is a folder; give the name of a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("cannot write " + path + ": there is no folder " + folder);
    }
    return target;
  }

  /** Writes a new file, and makes the disk keep it. */
  static void fill(Path part, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      content.writeTo(channel);
      channel.force(true);
    }
  }

  /** What is in the way, in words. */
  static IOException failure(Path path, IOException e) {
    String reason = e.getMessage();
    if (e instanceof AccessDeniedException) {
      reason = "permission denied";
    } else if (e instanceof ClosedByInterruptException) {
      reason = "the thread was interrupted";
    } else if (e instanceof FileSystemException some) {
      reason = some.getReason();
    }
    return new IOException(
        "cannot write " + path + ": " + (reason == null ? e.getClass().getSimpleName() : reason),
        e);
  }

  /**
   * Gives a file that is whole, and is never written to again, a second name, where the file system
   * can; else copies it. Whatever had that name before is replaced in one go.
   */
  static void alias(Path file, Path alias) throws IOException {
    Path part = part(alias);
    try {
      Files.createLink(part, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      copy(file, alias);
      return;
    }
    try {
      rename(part, alias);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ)) {
      write(
          to,
          target -> {
            long size = source.size();
            for (long at = 0; at < size; ) {
              at += source.transferTo(at, size - at, target);
            }
          });
    }
  }

  /** How a file that is to be called so is called until then. */
  static Path part(Path file) {
    String random = Long.toString(ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE, 36);
    return file.resolveSibling(file.getFileName() + "." + random + PART);
  }

  static void rename(Path part, Path file) throws IOException {
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    keep(file.toAbsolutePath().getParent());
  }

  /** Makes the disk keep the new name, too, where the system lets us. */
  private static void keep(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; there the move itself is kept.
    }
  }
}
