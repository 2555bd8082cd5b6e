package io.github.torchscribe.runtime.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;

/**
 * The folder of a run's checkpoints. It belongs to one run at a time; files are written in the
 * background, one after the other, and old ones go once newer ones are whole.
 */
public final class CheckpointFolder implements AutoCloseable {
  /** Digits of any script: once the names had those of the locale, as {@code step-٠٠٠٠٠٠٠٠٠٦}. */
  private static final Pattern NAME = Pattern.compile("step-(\\p{Nd}{1,18})\\.safetensors");

  private static final String BEST = "best.safetensors";
  private static final String LOCK = ".lock";

  private final Path folder;
  private final int kept;
  private final FileChannel channel;
  private final FileLock lock;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "torchscribe checkpoints");
            thread.setDaemon(true);
            return thread;
          });

  private Future<?> pending;

  /** The last ones, in their order; the writer's once it has begun. */
  private final Deque<Path> last;

  private CheckpointFolder(Path folder, int kept, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.kept = kept;
    this.channel = channel;
    this.lock = lock;
    last = new ArrayDeque<>(files());
  }

  /**
   * Takes a folder.
   *
   * @param folder is made where there is none
   * @param kept how many of the last checkpoints are to stay
   * @return to be closed
   * @throws UncheckedIOException when it cannot be written, or another run has it
   */
  public static CheckpointFolder open(Path folder, int kept) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock lock = lock(channel);
        if (lock == null) {
          throw new IOException(
              "another run writes its checkpoints into " + folder + "; give each run its own");
        }
        removeParts(folder);
        return new CheckpointFolder(folder, kept, channel, lock);
      } catch (IOException | RuntimeException e) {
        channel.close(); // and with it the lock
        throw e;
      }
    } catch (IOException e) {
      String message =
          e.getClass() == IOException.class
              ? e.getMessage()
              : "checkpoints cannot be written into " + folder + ": " + e;
      throw new UncheckedIOException(message, e);
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another run in this JVM
    }
  }

  /**
   * Whether there is none, neither of the last ones nor a best one.
   *
   * @return true also where there are other files
   */
  public boolean isEmpty() {
    return last.isEmpty() && !Files.exists(folder.resolve(BEST));
  }

  /**
   * The newest checkpoint that is whole, the best one where none of the last ones is. Damaged ones
   * are named in the log and passed over.
   *
   * @return empty where there is none; the caller's scope owns its tensors
   */
  public Optional<State> newest() {
    return newest(CheckpointFile::read);
  }

  /**
   * The file of the same.
   *
   * @return empty where there is none
   */
  public Optional<Path> newestFile() {
    PointerScope scope = new PointerScope();
    try {
      return newest(
          path -> {
            CheckpointFile.read(path);
            return path;
          });
    } finally {
      scope.close();
    }
  }

  private interface Reading<T> {
    T read(Path path) throws IOException;
  }

  private <T> Optional<T> newest(Reading<T> reading) {
    Deque<Path> files = new ArrayDeque<>(files());
    Path best = folder.resolve(BEST);
    if (Files.isRegularFile(best)) {
      files.addFirst(best);
    }
    while (!files.isEmpty()) {
      try {
        return Optional.of(reading.read(files.removeLast()));
      } catch (IOException e) {
        warn("A checkpoint is passed over: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Writes a checkpoint in the background; waits for the one before. When it cannot be written that
   * is said in the log, and the others stay.
   *
   * @param step how many steps are done
   * @param state is not changed any more
   * @param best whether it is the best until now
   * @param done is run once the state is not needed any more
   */
  public void write(long step, State state, boolean best, Runnable done) {
    try {
      await();
      pending =
          writer.submit(
              () -> {
                try {
                  write(step, state, best);
                } finally {
                  done.run();
                }
              });
    } catch (RuntimeException | Error e) {
      done.run(); // the writer does not come to it
      throw e;
    }
  }

  private void write(long step, State state, boolean best) {
    try {
      Path file = folder.resolve(name(step));
      CheckpointFile.write(file, state);
      if (best) {
        WholeFile.alias(file, folder.resolve(BEST));
      }
      removeOld(file);
    } catch (IOException | RuntimeException | Error e) {
      Object why = e instanceof IOException ? e.getMessage() : e;
      warn("Training goes on without this checkpoint: " + why);
    }
  }

  /** Waits until what was to be written is. */
  public void await() {
    boolean interrupted = false;
    while (pending != null) {
      try {
        pending.get();
        pending = null;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        pending = null;
        throw new IllegalStateException("a checkpoint could not be written", e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Made when there is something to say: loggers cost a program's start some hundredths. */
  private static void warn(String text) {
    System.getLogger(CheckpointFolder.class.getName()).log(Level.WARNING, text);
  }

  /** What a process that was killed had begun to write. */
  private static void removeParts(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(f -> f.toString().endsWith(WholeFile.PART)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static String name(long step) {
    return String.format(Locale.ROOT, "step-%010d.safetensors", step);
  }

  /** Which step a file was written after; below 0 where it is no such file. */
  private static long step(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  private List<Path> files() {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> step(file) >= 0)
          .sorted(Comparator.comparingLong(CheckpointFolder::step))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + folder, e);
    }
  }

  private void removeOld(Path written) throws IOException {
    last.remove(written); // the same step once more, by a run that went on from the one before
    last.addLast(written);
    while (last.size() > kept) {
      Files.deleteIfExists(last.removeFirst());
    }
  }

  @Override
  public void close() {
    try {
      await();
    } finally {
      writer.shutdown();
      try {
        lock.release();
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot leave " + folder, e);
      }
    }
  }
}
