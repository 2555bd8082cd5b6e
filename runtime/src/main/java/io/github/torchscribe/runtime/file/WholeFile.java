package io.github.torchscribe.runtime.file;

import java.io.IOException;
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
    Path target = Files.isSymbolicLink(path) && Files.exists(path) ? path.toRealPath() : path;
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new IOException("cannot write " + path + ": it is a folder; give the name of a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("cannot write " + path + ": there is no folder " + folder);
    }
    String random = Long.toString(ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE, 36);
    Path part = folder.resolve(target.getFileName() + "." + random + PART);
    try {
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      keep(folder);
    } catch (AccessDeniedException e) {
      throw new IOException("cannot write " + path + ": permission denied", e);
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
      throw new IOException("cannot write " + path + ": " + reason, e);
    } catch (IOException e) {
      throw new IOException("cannot write " + path + ": " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Copies a file, so that the copy is there as a whole or not at all. */
  static void copy(Path from, Path to) throws IOException {
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
