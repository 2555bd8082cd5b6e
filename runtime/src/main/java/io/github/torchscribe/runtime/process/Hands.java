package io.github.torchscribe.runtime.process;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntConsumer;

/**
 * Who computes an answer: the thread that was asked, and helpers where cores are free. Parts of the
 * work are not given to anybody: each takes the next that is left, so that nobody waits for a
 * helper that has yet to wake up.
 */
public final class Hands {
  /** Helpers that nobody has; who came last goes first, as it may still be awake. */
  private static final ConcurrentLinkedDeque<Helper> FREE = new ConcurrentLinkedDeque<>();

  private final ThreadFactory threads;
  private Helper[] helpers = {};
  private int count;
  private int cores;
  private int most = 1;
  private int mostBriefly = 1;
  private final Standby standby = new Standby();

  /** How many things are to be divided into so many parts. */
  private int[] plans = {};

  /** How many are to be divided only with who is awake. */
  private int briefPlans;

  /** The calling thread alone. */
  public Hands() {
    this(Helper::thread);
  }

  /** The same, where somebody else makes the threads of helpers. */
  Hands(ThreadFactory threads) {
    this.threads = threads;
  }

  /**
   * Says how many there may be in operations to come: into so many parts work is divided. Nothing
   * is to be divided yet.
   *
   * @param threads the calling one among them
   * @param briefly how many there may be for what is so short that nobody is woken for it
   */
  public void expect(int threads, int briefly) {
    most = threads;
    mostBriefly = Math.max(threads, briefly);
    plans = new int[threads + 1];
    briefPlans = 0;
  }

  /**
   * Something is to be divided in operations to come.
   *
   * @param parts no more than there may be threads
   */
  public void plan(int parts) {
    plans[parts]++;
  }

  /** Something short is to be divided into two parts, where a helper is awake. */
  public void planBriefly() {
    briefPlans++;
  }

  /** It is not. */
  public void giveUpBriefly() {
    briefPlans--;
  }

  /**
   * It is not to be divided, after all.
   *
   * @param parts as they were planned
   */
  public void giveUp(int parts) {
    plans[parts]--;
  }

  /** For how many threads there is something to do, the calling one among them. */
  public int useful() {
    int parts = plans.length - 1;
    while (parts > 1 && plans[parts] == 0) {
      parts--;
    }
    return parts <= 1 && briefPlans > 0 && standby.isThere(this) ? 2 : Math.max(1, parts);
  }

  /** How many there may be. */
  public int most() {
    return most;
  }

  /** How many there may be for something short. */
  public int mostBriefly() {
    return mostBriefly;
  }

  /**
   * Takes helpers for an operation; fewer where there can be no more threads.
   *
   * @param threads that it has, the calling one among them
   */
  public void take(int threads) {
    int others = threads - 1;
    if (others > 0) {
      cores = Pools.threads();
      boolean besideLibtorch = Pools.libtorch() > 1;
      helpers = helpers.length < others ? Arrays.copyOf(helpers, others) : helpers;
      while (count < others) {
        Helper some = helper();
        if (some == null) {
          return;
        }
        helpers[count++] = some;
        if (besideLibtorch && count == 1) {
          some.standBesideLibtorch();
        }
      }
    }
  }

  /** One that is free, and has not died; else a new one, or null where none can be. */
  private Helper helper() {
    Helper free = FREE.pollFirst();
    while (free != null && !free.isAlive()) {
      free = FREE.pollFirst();
    }
    if (free != null) {
      return free;
    }
    try {
      return Helper.started(threads);
    } catch (OutOfMemoryError e) { // also where a process may have no more threads
      return null;
    }
  }

  /** Whether the next one that would be taken is awake. */
  boolean isNextAwake() {
    Helper next = FREE.peekFirst();
    return next != null && next.isAwake();
  }

  /** Wakes it, or starts it, for what comes soon. */
  void wakeNext() {
    Helper next = FREE.peekFirst();
    if (next != null) {
      next.wake();
      return;
    }
    next = helper();
    if (next != null) {
      FREE.addFirst(next);
    }
  }

  /** Gives the helpers back. */
  public void release() {
    while (count > 0) {
      FREE.addFirst(helpers[--count]);
      helpers[count] = null;
    }
  }

  /**
   * Ends all helpers that nobody has: the last model is closed, and its classes may be let go of.
   */
  static void dismissAll() {
    for (Helper some = FREE.pollFirst(); some != null; some = FREE.pollFirst()) {
      some.end();
    }
  }

  /** Whether a helper that nobody has stays so. */
  static boolean dismiss(Helper some) {
    return FREE.remove(some);
  }

  /** Whether anybody helps. */
  public boolean areSeveral() {
    return helping() > 0;
  }

  /** Whether somebody helps who is awake. */
  public boolean areAwake() {
    return count > 0 && helpers[0].isAwake() && areSeveral();
  }

  /**
   * How many help. Whoever began to compute after this has at least its own thread: where these are
   * more than there are cores then so many fewer help.
   */
  private int helping() {
    return count == 0 ? 0 : Math.max(0, count - Pools.beyond(cores));
  }

  /**
   * Computes parts of one thing, beside each other, and returns when all are done.
   *
   * @param parts how many there are
   * @param part computes one, by its number
   * @throws RuntimeException what a part threw, after all have ended
   */
  public void divide(int parts, IntConsumer part) {
    boolean isBrief = most == 1 && mostBriefly > 1;
    Work work = new Work(parts, part, isBrief ? Standby.AWAKE_NANOS : Helper.AWAKE_NANOS);
    int others = Math.min(helping(), parts - 1);
    for (int i = 0; i < others; i++) {
      helpers[i].begin(work);
    }
    work.help();
    work.await();
  }
}
