package io.github.torchscribe.runtime.process;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Who computes in this process, and on how many cores: operations that go on side by side share
 * them. A busy thread too many costs more than it brings, since threads that work together spin
 * while they wait for each other.
 */
final class Cores {
  private static final int BITS = 21;
  private static final long MASK = (1L << BITS) - 1;

  /** Who asks one question after the other is mostly, but not always, in an operation. */
  private static final long QUIET_NANOS = 1_000_000;

  /** How many operations there are, how many threads they want together and how many they have. */
  private final AtomicLong state = new AtomicLong();

  /** When somebody has last begun beside somebody else. */
  private volatile long shared = System.nanoTime() - QUIET_NANOS;

  /**
   * An operation begins, which can do with fewer threads than it wants. It gets no more than are
   * free; and no more than its part, unless the others want less than theirs.
   *
   * @param wanted threads, the caller's among them
   * @param all how many cores there are
   * @return how many it gets, at least 1
   */
  int enter(int wanted, int all) {
    while (true) {
      long now = state.get();
      int operations = 1 + (int) (now >>> 2 * BITS);
      int free = all - (int) (now & MASK);
      int unwanted = all - (int) (now >>> BITS & MASK);
      int part = Math.max((all + operations - 1) / operations, unwanted);
      int granted = Math.max(1, Math.min(wanted, Math.min(part, free)));
      if (state.compareAndSet(now, now + packed(wanted, granted))) {
        noteShared(now);
        return granted;
      }
    }
  }

  /** How many more threads compute than so many. */
  int beyond(int cores) {
    return Math.max(0, (int) (state.get() & MASK) - cores);
  }

  /** An operation begins that has a fixed number of threads. */
  void enterWith(int threads) {
    noteShared(state.getAndAdd(packed(threads, threads)));
  }

  private void noteShared(long before) {
    if (before >>> 2 * BITS > 0) {
      shared = System.nanoTime();
    }
  }

  /** Whether no two operations have lately been under way at once. */
  boolean isQuiet() {
    return System.nanoTime() - shared >= QUIET_NANOS;
  }

  /**
   * An operation ends.
   *
   * @param wanted how many threads it wanted
   * @param granted how many it had
   */
  void leave(int wanted, int granted) {
    state.addAndGet(-packed(wanted, granted));
  }

  private static long packed(int wanted, int granted) {
    return 1L << 2 * BITS | (long) wanted << BITS | granted;
  }
}
