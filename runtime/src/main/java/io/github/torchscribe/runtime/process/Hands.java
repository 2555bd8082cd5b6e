package io.github.torchscribe.runtime.process;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.IntConsumer;

/**
 * Who computes an answer: the thread that was asked, and helpers where cores are free. Parts of the
 * work are not given to anybody: each takes the next that is left, so that nobody waits for a
 * helper that has yet to wake up.
 */
public final class Hands {
  /** Helpers that nobody has; who came last goes first, as it may still be awake. */
  private static final ConcurrentLinkedDeque<Helper> FREE = new ConcurrentLinkedDeque<>();

  private Helper[] helpers = {};
  private int count;
  private int cores;
  private int most = 1;

  /** The calling thread alone. */
  public Hands() {}

  /**
   * Says how many there may be in operations to come: into so many parts work is divided.
   *
   * @param threads the calling one among them
   */
  public void expect(int threads) {
    most = threads;
  }

  /** How many there may be. */
  public int most() {
    return most;
  }

  /**
   * Takes helpers for an operation.
   *
   * @param threads that it has, the calling one among them
   */
  public void take(int threads) {
    int others = threads - 1;
    if (others > 0) {
      cores = Pools.threads();
      helpers = helpers.length < others ? Arrays.copyOf(helpers, others) : helpers;
      while (count < others) {
        Helper free = FREE.pollFirst();
        helpers[count] = free == null ? Helper.started() : free;
        count++;
      }
    }
  }

  /** Gives the helpers back. */
  public void release() {
    while (count > 0) {
      FREE.addFirst(helpers[--count]);
      helpers[count] = null;
    }
  }

  /** Whether a helper that nobody has stays so. */
  static boolean dismiss(Helper some) {
    return FREE.remove(some);
  }

  /** Whether anybody helps; not while more threads compute in this process than it has cores. */
  public boolean areSeveral() {
    return count > 0 && !Pools.areCrowded(cores);
  }

  /**
   * Computes parts of one thing, beside each other, and returns when all are done.
   *
   * @param parts how many there are
   * @param part computes one, by its number
   * @throws RuntimeException what a part threw, after all have ended
   */
  public void divide(int parts, IntConsumer part) {
    Work work = new Work(parts, part);
    for (int i = 0; i < Math.min(count, parts - 1); i++) {
      helpers[i].begin(work);
    }
    work.help();
    work.await();
  }
}
