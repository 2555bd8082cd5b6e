package io.github.torchscribe.runtime.distributed;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.bytedeco.javacpp.BytePointer;

/**
 * Memory that the ranks of one machine share: a file that only their owner can read, which has no
 * name any more once all have it.
 *
 * <p>A number that says who wrote it comes first; then a line for each rank, with numbers that it
 * alone writes and all read; then room for blocks of tensors.
 */
final class SharedFile implements AutoCloseable {
  /** How many numbers a rank has. */
  static final int NUMBERS = 16;

  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String BEGIN = "torchscribe-";
  private static final String END = ".ranks";

  /** Ranks have met, or have waited for each other in vain. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private static final int PAGE = 4096;
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** Where nothing is written: who lives has a lock there, which the system takes from the dead. */
  private static final long LOCKS = 1L << 40;

  private final Path path;
  private final String name;
  private final FileChannel channel;
  private final MappedByteBuffer memory;
  private final int ranks;

  private SharedFile(Path path, String name, FileChannel channel, int rank, int ranks, long blocks)
      throws IOException {
    this.path = path;
    this.name = name;
    this.channel = channel;
    this.ranks = ranks;
    memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, begin(ranks) + blocks);
    if (channel.tryLock(LOCKS + rank, 1, false) == null) {
      throw new IOException("another process has the place of rank " + rank + " in " + path);
    }
  }

  /**
   * Makes one, and writes all of it: memory that is not there is found out about now.
   *
   * @param ranks how many there are; the first makes it
   * @param blocks how many bytes there are besides
   */
  static SharedFile made(int ranks, long blocks) throws IOException {
    Path folder = Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    sweep(folder);
    Path path = Files.createTempFile(folder, BEGIN, END); // its owner's alone
    try {
      FileChannel channel = opened(path);
      try {
        ByteBuffer nothing = ByteBuffer.allocate(PAGE);
        for (long left = begin(ranks) + blocks; left > 0; left -= PAGE) {
          channel.write(nothing.clear().limit((int) Math.min(left, PAGE)));
        }
        long mark = new SecureRandom().nextLong();
        String name = machine() + " " + mark + " " + path;
        SharedFile file = new SharedFile(path, name, channel, 0, ranks, blocks);
        LONGS.setRelease(file.memory, 0, mark);
        return file;
      } catch (IOException | RuntimeException | Error e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** One that was killed while it met the others left a file that still has its name. */
  private static void sweep(Path folder) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, BEGIN + "*" + END)) {
      for (Path path : left) {
        sweepIfForgotten(path);
      }
    }
  }

  private static void sweepIfForgotten(Path path) {
    try {
      Instant made = Files.getLastModifiedTime(path).toInstant();
      if (made.isBefore(Instant.now().minus(FORGOTTEN))) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // another has swept, or it is another user's
    }
  }

  /**
   * The one that the first rank made.
   *
   * @param name what {@link #name()} is there
   * @throws IOException if it is not there, as on another machine
   */
  static SharedFile of(String name, int rank, int ranks, long blocks) throws IOException {
    String[] parts = name.split(" ", 3);
    if (parts.length != 3 || !parts[0].equals(machine())) {
      throw new IOException("it is on another machine");
    }
    Path path = Path.of(parts[2]);
    FileChannel channel = opened(path);
    try {
      if (channel.size() == begin(ranks) + blocks) {
        SharedFile file = new SharedFile(path, name, channel, rank, ranks, blocks);
        if (String.valueOf((long) LONGS.getAcquire(file.memory, 0)).equals(parts[1])) {
          return file;
        }
      }
      throw new IOException(path + " is another file");
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel opened(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** On which machine it is, what it is known by, and where. */
  String name() {
    return name;
  }

  /** What no other machine says of itself: two may see the same folder. */
  private static String machine() throws IOException {
    return Files.isReadable(BOOT)
        ? Files.readString(BOOT).strip()
        : InetAddress.getLocalHost().getHostName();
  }

  /** Nobody else can find it any more. */
  void unname() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit(); // where a file that is in use has to stay
    }
  }

  /** Where the room for blocks begins. */
  private static int begin(int ranks) {
    int end = PAGE + ranks * NUMBERS * Long.BYTES;
    return (end + PAGE - 1) / PAGE * PAGE;
  }

  /** The room for blocks. */
  BytePointer blocks() {
    ByteBuffer all = memory.duplicate().position(begin(ranks));
    return new BytePointer(all.slice());
  }

  /** One of the numbers of a rank, and all that the rank had written before it. */
  long number(int rank, int which) {
    return (long) LONGS.getAcquire(memory, place(rank, which));
  }

  /** Changes one of the numbers of this rank, after all that it has written. */
  void number(int rank, int which, long value) {
    LONGS.setRelease(memory, place(rank, which), value);
  }

  private static int place(int rank, int which) {
    return PAGE + (rank * NUMBERS + which) * Long.BYTES;
  }

  /** Whether the process of another rank has come to its end. */
  boolean isGone(int rank) {
    if (Thread.currentThread().isInterrupted()) {
      return false; // the channel would be closed, and with it this rank's lock be gone
    }
    try (FileLock lock = channel.tryLock(LOCKS + rank, 1, false)) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // it is in this process
    } catch (IOException e) {
      return false; // not known: it is waited for until the time-out
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // nothing is lost
    }
  }
}
