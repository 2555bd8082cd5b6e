package io.github.torchscribe.runtime.process;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.global.torch;

/**
 * A thread that helps others to compute. It waits for more by spinning for a millisecond, then
 * sleeps; who has had nothing to do for long ends, and who is told that there will be nothing more,
 * as a thread holds the classes that it runs.
 */
final class Helper implements Runnable {
  /**
   * Longer than what one thread does alone between two things that are divided: who slept there
   * would come too late each time, as waking up takes as long as a part.
   */
  static final long AWAKE_NANOS = 1_000_000;

  /** So many numbers libtorch gives two threads to fill. */
  private static final long TWO_THREADS_WORTH = 131_072;

  private static final long LONGEST_SLEEP_NANOS = 5_000_000_000L;
  private static final AtomicInteger MADE = new AtomicInteger();

  private final AtomicReference<Work> work = new AtomicReference<>();
  private Thread thread;
  private volatile boolean sleeping;
  private volatile boolean ended;
  private volatile boolean besideLibtorch;
  private long awakeNanos = Standby.AWAKE_NANOS;

  private Helper() {}

  /**
   * A new one.
   *
   * @throws OutOfMemoryError where there can be no more threads
   */
  static Helper started(ThreadFactory threads) {
    Helper helper = new Helper();
    helper.thread = threads.newThread(helper);
    helper.thread.start();
    return helper;
  }

  /** A thread for one, which inherits nothing of who asks. */
  static Thread thread(Runnable helper) {
    String name = "torchscribe-helper-" + MADE.incrementAndGet();
    Thread thread = new Thread(null, helper, name, 0, false);
    thread.setContextClassLoader(null);
    thread.setDaemon(true);
    return thread;
  }

  /** Whether it can help: not after its thread has ended, as it does where it cannot begin. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /** Helps with something from now on, until nothing of it is left. */
  void begin(Work some) {
    work.set(some);
    if (sleeping) {
      LockSupport.unpark(thread);
    }
  }

  /** libtorch's threads compute in turn with it, on the same cores. */
  void standBesideLibtorch() {
    besideLibtorch = true;
  }

  /** Whether it would begin at once. */
  boolean isAwake() {
    return !sleeping;
  }

  /** There will soon be something to help with: it waits for that awake. */
  void wake() {
    LockSupport.unpark(thread);
  }

  /** There will be nothing more to help with: for one that nobody has. */
  void end() {
    ended = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    Native.keepFreedMemory();
    Pools.libtorch(1);
    InferenceMode mode = new InferenceMode(true); // holds for this thread until it is closed
    boolean hasTeam = false;
    try {
      for (Work some = next(); some != null; some = next()) {
        if (besideLibtorch && !hasTeam) {
          haveTeam();
          hasTeam = true;
        }
        if (some.isLeft()) {
          help(some);
        }
        awakeNanos = some.awakeNanos();
        work.compareAndSet(some, null);
      }
    } finally {
      mode.close();
    }
  }

  /**
   * libtorch's threads (OpenMP's) wait for more by spinning, for seven milliseconds and more, on
   * the cores that helpers are to have; but only as long as all teams together have no more threads
   * than there are cores. Else they sleep after some microseconds: that is what a team of two is
   * good for, beside one with a thread for each core, that has nothing to do. It ends with this
   * thread.
   */
  private static void haveTeam() {
    Pools.libtorch(2);
    torch.zeros(TWO_THREADS_WORTH).close();
    Pools.libtorch(1);
  }

  private static void help(Work some) {
    PointerScope scope = new PointerScope();
    try {
      some.help();
    } finally {
      scope.close();
    }
  }

  /** Waits for work; null after having waited for long, and where there will be none. */
  private Work next() {
    Work some = work.get();
    long began = System.nanoTime();
    for (int spins = 0; some == null; spins++) {
      if (ended) {
        return null;
      }
      if (spins < Pause.SPINS_BEFORE_YIELDING || System.nanoTime() - began < awakeNanos) {
        Pause.after(spins);
      } else if (!sleep()) {
        awakeNanos = Standby.AWAKE_NANOS;
        began = System.nanoTime();
        spins = 0;
      } else if (Hands.dismiss(this)) {
        return null;
      }
      some = work.get();
    }
    return some;
  }

  /** Sleeps until it is woken; true where nobody has done so for long. */
  private boolean sleep() {
    long began = System.nanoTime();
    sleeping = true;
    if (work.get() == null && !ended) {
      LockSupport.parkNanos(this, LONGEST_SLEEP_NANOS);
    }
    sleeping = false;
    Thread.interrupted(); // else it would not sleep again
    return work.get() == null && System.nanoTime() - began >= LONGEST_SLEEP_NANOS;
  }
}
