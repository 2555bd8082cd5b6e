package io.github.torchscribe.tensorboard;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * A file of records, as TensorFlow has it: length, its checksum, the bytes, theirs. There are whole
 * records only, but where the process was killed as one was written, which readers pass over.
 *
 * <p>Records are gathered for {@value #PAUSE_MILLIS} ms: a step takes less than a file's call does.
 */
final class EventFile implements AutoCloseable {
  static final String PREFIX = "events.out.tfevents.";

  private static final long PAUSE_MILLIS = 1_000;
  private static final int MOST_WAITING = 1 << 20;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Path path;
  private final OutputStream file;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

  /** Where records that wait end. */
  private final List<Integer> ends = new ArrayList<>();

  private final LongSupplier nanos;
  private long size;
  private long flushed;
  private boolean isClosed;

  private EventFile(Path path, LongSupplier nanos) throws IOException {
    this.path = path;
    this.nanos = nanos;
    flushed = nanos.getAsLong();
    // A channel would be closed where the thread that trains is interrupted.
    file = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
  }

  /**
   * Begins a file, beside those that are there.
   *
   * @param folder made where it is missing
   */
  static EventFile in(Path folder) throws IOException {
    return in(folder, System::nanoTime);
  }

  /** The same by another clock. */
  static EventFile in(Path folder, LongSupplier nanos) throws IOException {
    Files.createDirectories(folder);
    while (true) {
      String name =
          String.format(
              Locale.ROOT,
              "%s%010d.%s.%d.%d",
              PREFIX,
              System.currentTimeMillis() / 1000,
              Host.name(),
              ProcessHandle.current().pid(),
              NUMBER.getAndIncrement());
      try {
        return new EventFile(folder.resolve(name), nanos);
      } catch (FileAlreadyExistsException e) {
        continue; // of a process with the same number, in another container
      }
    }
  }

  /** Whether a folder has such files. */
  static boolean areIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.anyMatch(some -> some.getFileName().toString().startsWith(PREFIX));
    }
  }

  Path path() {
    return path;
  }

  /**
   * Adds a record.
   *
   * @throws IOException where records cannot be written: those that wait are lost, but for what
   *     could be written
   */
  synchronized void add(ByteString record) throws IOException {
    requireOpen();
    byte[] bytes = record.toByteArray();
    ByteBuffer head = little(Long.BYTES).putLong(bytes.length);
    waiting.writeBytes(head.array());
    waiting.writeBytes(little(Integer.BYTES).putInt(Checksum.of(head.array())).array());
    waiting.writeBytes(bytes);
    waiting.writeBytes(little(Integer.BYTES).putInt(Checksum.of(bytes)).array());
    ends.add(waiting.size());
    if (waiting.size() > MOST_WAITING || nanos.getAsLong() - flushed > PAUSE_MILLIS * 1_000_000) {
      handOver();
    }
  }

  /** Fails once it is closed. */
  synchronized void requireOpen() {
    if (isClosed) {
      throw new IllegalStateException(path + " is closed");
    }
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Hands the system what has been gathered. */
  synchronized void flush() throws IOException {
    requireOpen();
    handOver();
  }

  private void handOver() throws IOException {
    flushed = nanos.getAsLong();
    byte[] some = waiting.toByteArray();
    waiting.reset();
    try {
      file.write(some);
      size += some.length;
    } catch (IOException e) {
      cutBack(e);
      throw e;
    } finally {
      ends.clear();
    }
  }

  /** No half of a record stays where the disk was full in the middle of it. */
  private void cutBack(IOException failure) {
    try (FileChannel whole = FileChannel.open(path, StandardOpenOption.WRITE)) {
      long written = whole.size() - size;
      size += ends.stream().mapToLong(end -> end).filter(end -> end <= written).max().orElse(0);
      whole.truncate(size);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try (file) {
      if (!isClosed) {
        isClosed = true;
        handOver();
      }
    }
  }
}
