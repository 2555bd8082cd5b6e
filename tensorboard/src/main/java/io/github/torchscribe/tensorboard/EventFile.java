package io.github.torchscribe.tensorboard;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final FileChannel file;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private long size;
  private long flushed = System.nanoTime();

  private EventFile(Path path) throws IOException {
    this.path = path;
    file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * Begins a file, beside those that are there.
   *
   * @param folder made where it is missing
   * @param suffix stands at the end of its name
   */
  static EventFile in(Path folder, String suffix) throws IOException {
    Files.createDirectories(folder);
    while (true) {
      String name =
          String.format(
              Locale.ROOT,
              "%s%010d.%s.%d.%d%s",
              PREFIX,
              System.currentTimeMillis() / 1000,
              Host.name(),
              ProcessHandle.current().pid(),
              NUMBER.getAndIncrement(),
              suffix);
      try {
        return new EventFile(folder.resolve(name));
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
   * @throws IOException where records cannot be written: those since the last call are lost
   */
  synchronized void add(ByteString record) throws IOException {
    byte[] bytes = record.toByteArray();
    ByteBuffer head = little(Long.BYTES).putLong(bytes.length);
    waiting.writeBytes(head.array());
    waiting.writeBytes(little(Integer.BYTES).putInt(Checksum.of(head.array())).array());
    waiting.writeBytes(bytes);
    waiting.writeBytes(little(Integer.BYTES).putInt(Checksum.of(bytes)).array());
    if (waiting.size() > MOST_WAITING || System.nanoTime() - flushed > PAUSE_MILLIS * 1_000_000) {
      flush();
    }
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Hands the system what has been gathered. */
  synchronized void flush() throws IOException {
    flushed = System.nanoTime();
    ByteBuffer some = ByteBuffer.wrap(waiting.toByteArray());
    waiting.reset();
    try {
      while (some.hasRemaining()) {
        file.write(some, size + some.position());
      }
      size += some.limit();
    } catch (IOException e) {
      cutBack(e);
      throw e;
    }
  }

  /** No half of a record stays where the disk was full in the middle of it. */
  private void cutBack(IOException failure) {
    try {
      file.truncate(size);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try (file) {
      if (file.isOpen()) {
        flush();
      }
    }
  }
}
