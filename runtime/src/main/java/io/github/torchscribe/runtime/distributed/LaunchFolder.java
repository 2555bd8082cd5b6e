package io.github.torchscribe.runtime.distributed;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the ranks of one machine meet: a fresh folder that nobody but its owner can look into. Who
 * can write the store could have ranks compute what he likes.
 *
 * <p>On file systems without POSIX permissions it is as private as the folder for temporary files
 * is, which on Windows is the user's own.
 */
final class LaunchFolder implements AutoCloseable {
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rwx------");

  private static final String LAUNCHER = "launcher";
  private static final String BEGIN = "torchscribe-run-";

  /** Younger ones may be about to be locked, or have ranks that still end. */
  private static final Duration OLD = Duration.ofMinutes(1);

  private final Path folder;
  private final FileChannel alive;

  /**
   * Makes it.
   *
   * @throws IOException when there can be no such folder
   */
  LaunchFolder() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    boolean posix = Files.getFileStore(temporary).supportsFileAttributeView("posix");
    FileAttribute<?>[] permissions =
        posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ALONE)}
            : new FileAttribute<?>[0];
    folder = Files.createTempDirectory(temporary, BEGIN, permissions);
    if (posix && !Files.getPosixFilePermissions(folder).equals(OWNER_ALONE)) {
      Files.delete(folder);
      throw new IOException("others could read the folder");
    }
    sweep(temporary);
    // The system gives a lock up when its owner has gone, however that came about.
    alive = FileChannel.open(launcher(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    alive.lock();
  }

  /** Takes off what launchers have left that were killed. */
  private void sweep(Path temporary) {
    Instant old = Instant.now().minus(OLD);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(temporary, BEGIN + "*")) {
      for (Path other : all) {
        BasicFileAttributes is =
            Files.readAttributes(other, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (is.isDirectory()
            && is.lastModifiedTime().toInstant().isBefore(old)
            && Files.getOwner(other).equals(Files.getOwner(folder))
            && !isLocked(other.resolve(LAUNCHER))) {
          delete(other);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // they are in nobody's way
    }
  }

  private static boolean isLocked(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(folder);
  }

  /** Is no other's on this machine. */
  String name() {
    return folder.getFileName().toString();
  }

  /** Is locked for as long as the launcher lives. */
  Path launcher() {
    return folder.resolve(LAUNCHER);
  }

  /**
   * Where the ranks of an attempt find each other.
   *
   * @param attempt 0 for the first
   * @return a file that is not there yet
   */
  Path store(int attempt) {
    return folder.resolve("store-" + attempt);
  }

  /**
   * Where a rank says what it has failed of.
   *
   * @param attempt 0 for the first
   * @param rank which one
   * @return a file that is not there yet
   */
  Path errors(int attempt, int rank) {
    return folder.resolve("error-" + attempt + "-" + rank);
  }

  /** Takes it off, with all that is in it. */
  @Override
  public void close() {
    try {
      alive.close();
      delete(folder);
    } catch (IOException e) {
      // it is the system's folder for what need not stay
    }
  }
}
