package io.github.torchscribe.runtime.process;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;

/**
 * Counts the native memory of results that are the user's and not freed. To the garbage collector a
 * tensor is an object of some hundred bytes, so that it takes its time while gigabytes lie behind
 * those that nobody has any more. When they pass a bound it is asked to collect, as {@code
 * java.nio} does for direct buffers; what is freed in time, by a scope or {@code close()}, costs
 * some nanoseconds.
 */
public final class Unclaimed {
  public static final Unclaimed RESULTS = new Unclaimed(bound(), System::gc);

  /** What a tensor takes besides its numbers, about. */
  private static final long OBJECTS = 512;

  private static final long LEAST_BOUND = 64L << 20;
  private static final long PART_OF_MEMORY = 64;
  private static final int FEWEST_RESULTS = 1_024;

  /** The collector shall not have more than a tenth of the time, unless there is this much more. */
  private static final int REST_FACTOR = 10;

  private static final int TOO_MUCH = 4;

  private static final int LOOKS_AFTERWARDS = 6;

  private final long bound;
  private final Runnable collector;
  private List<Result> results = new ArrayList<>();
  private long bytes;

  /** With more there is something to do. */
  private long mostBytes;

  private int mostResults = FEWEST_RESULTS;
  private long restUntil = System.nanoTime();

  /**
   * Nothing yet.
   *
   * @param bound in bytes
   * @param collector collects garbage
   */
  Unclaimed(long bound, Runnable collector) {
    this.bound = bound;
    this.collector = collector;
    mostBytes = bound;
  }

  /**
   * A 64th of the machine's memory, but no more than half of Java's heap: who limits the one wants
   * a small process, and it is the heap whose size says what a collection costs.
   */
  static long bound() {
    Native.load(); // settings first
    long heap = Runtime.getRuntime().maxMemory() / 2;
    return Math.max(LEAST_BOUND, Math.min(Pointer.totalPhysicalBytes() / PART_OF_MEMORY, heap));
  }

  private static final class Result extends WeakReference<Tensor> {
    private final long bytes;

    Result(Tensor tensor, long bytes) {
      super(tensor);
      this.bytes = bytes;
    }

    /** Scopes tell nobody, but that they have freed it shows. */
    boolean isFreed() {
      Tensor tensor = get();
      return tensor == null || tensor.isNull();
    }
  }

  /** A tensor is the user's from now on. */
  public synchronized void add(Tensor tensor) {
    Result result = new Result(tensor, tensor.nbytes() + OBJECTS);
    results.add(result);
    bytes += result.bytes;
    if (bytes > mostBytes || results.size() > mostResults) {
      look();
    }
  }

  /** How many bytes the last look found, and have been added since. */
  synchronized long bytes() {
    return bytes;
  }

  private void look() {
    forgetFreed();
    if (bytes > mostBytes) {
      long now = System.nanoTime();
      if (now - restUntil < 0 && bytes < TOO_MUCH * bound) {
        mostBytes = bytes + bound / TOO_MUCH; // soon again
        return;
      }
      collect();
      long end = System.nanoTime();
      restUntil = end + REST_FACTOR * (end - now);
    }
    mostBytes = bytes + bound; // what somebody still has is no garbage
  }

  /** Waits a little: collectors may work in the background, and JavaCPP frees in its own thread. */
  private void collect() {
    int before = results.size();
    long pointers = Pointer.totalCount();
    collector.run();
    for (int look = 0; look < LOOKS_AFTERWARDS; look++) {
      forgetFreed();
      int gone = before - results.size();
      if (gone > before / 2 && Pointer.totalCount() <= pointers - gone) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1L << look));
    }
  }

  private void forgetFreed() {
    List<Result> alive = new ArrayList<>();
    bytes = 0;
    for (Result result : results) {
      if (!result.isFreed()) {
        alive.add(result);
        bytes += result.bytes;
      }
    }
    results = alive;
    mostResults = Math.max(FEWEST_RESULTS, 2 * alive.size());
  }
}
