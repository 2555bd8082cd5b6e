package io.github.torchscribe.runtime.distributed;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** One wait for others: when it has lasted long it says for whom, and at the time-out it ends. */
final class Patience {
  private static final long SOON = TimeUnit.SECONDS.toNanos(30);

  private final Duration limit;
  private final int rank;
  private final long began;
  private long saidAt = SOON;

  /**
   * Begins now.
   *
   * @param limit how long it lasts at most
   * @param rank who waits
   */
  Patience(Duration limit, int rank) {
    this(limit, rank, System.nanoTime());
  }

  /** Of a wait that has begun, by {@code System.nanoTime()}. */
  Patience(Duration limit, int rank, long began) {
    this.limit = limit;
    this.rank = rank;
    this.began = began;
  }

  /** How long it may still last. */
  long leftMillis() {
    return limit.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  /** How long it has lasted. */
  long nanos() {
    return System.nanoTime() - began;
  }

  /**
   * Rests before looking again.
   *
   * @param nanos how long
   * @param whom one waits for, asked only if it is said
   * @param advice what may be wrong
   */
  void pause(long nanos, Supplier<String> whom, String advice) {
    LockSupport.parkNanos(nanos);
    goOn(whom, advice);
  }

  /**
   * Ends the wait where it has lasted too long, or the thread is interrupted.
   *
   * @throws GroupException if so
   */
  void goOn(Supplier<String> whom, String advice) {
    if (Thread.interrupted()) {
      Thread.currentThread().interrupt();
      throw new GroupException(
          "rank " + rank + " was interrupted while it waited for " + whom.get());
    }
    long now = nanos();
    if (now >= limit.toNanos()) {
      throw new GroupException(
          missing(whom.get()) + limit.toSeconds() + " s, the time-out: " + advice);
    }
    if (now >= saidAt) {
      saidAt = 2 * now;
      System.getLogger(Group.class.getName())
          .log(
              Level.WARNING,
              "Rank "
                  + rank
                  + " waits: "
                  + missing(whom.get())
                  + TimeUnit.NANOSECONDS.toSeconds(now)
                  + " s; the time-out is "
                  + limit.toSeconds()
                  + " s.");
    }
  }

  private static String missing(String whom) {
    return whom + (whom.startsWith("ranks ") ? " have" : " has") + " been missing for ";
  }
}
