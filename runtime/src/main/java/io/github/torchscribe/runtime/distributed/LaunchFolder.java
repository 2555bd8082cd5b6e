package io.github.torchscribe.runtime.distributed;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
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
    folder = Files.createTempDirectory(temporary, "torchscribe-run-", permissions);
    if (posix && !Files.getPosixFilePermissions(folder).equals(OWNER_ALONE)) {
      Files.delete(folder);
      throw new IOException("others could read the folder");
    }
    // The system gives a lock up when its owner has gone, however that came about.
    alive = FileChannel.open(launcher(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    alive.lock();
  }

  /** Is no other's on this machine. */
  String name() {
    return folder.getFileName().toString();
  }

  /** Is locked for as long as the launcher lives. */
  Path launcher() {
    return folder.resolve("launcher");
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
      List<Path> files;
      try (Stream<Path> all = Files.list(folder)) {
        files = all.toList();
      }
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // it is the system's folder for what need not stay
    }
  }
}
