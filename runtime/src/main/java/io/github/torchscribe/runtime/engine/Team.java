package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.process.Failure;
import io.github.torchscribe.runtime.process.Native;
import io.github.torchscribe.runtime.process.Pause;
import io.github.torchscribe.runtime.process.Pools;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;

/**
 * Threads that work on one thing together, many thousand times a second. They wait for each other
 * and for more work by spinning, since waking a sleeping thread takes longer than most of what
 * there is to wait for; who has waited for long sleeps.
 *
 * <p>How a work is divided and who does it are two things: where there are fewer threads than parts
 * a thread does several, one after the other, and what comes out is the same.
 */
final class Team implements AutoCloseable {
  private static final int YIELDS_BEFORE_SLEEPING = 2_000;

  /** How often who waits for a thread gives its core away before it looks whether there is one. */
  private static final int YIELDS_BEFORE_LOOKING = 4_096;

  private final ThreadFactory threadFactory;
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile Member[] members = {};
  private IntConsumer[] phases;
  private int parts;
  private int threads;
  private volatile int generation;
  private volatile boolean closed;

  /** How many threads have ended in the middle of the work. */
  private int ended;

  /** Made beforehand: a thread that ends often does so for want of memory. */
  private final IllegalStateException lost =
      new IllegalStateException("a worker thread ended in the middle of its work");

  /**
   * A team of the calling thread alone; others join when they are needed.
   *
   * @param name of the threads
   */
  Team(String name) {
    this(
        new ThreadFactory() {
          private int made;

          @Override
          public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, name + "-worker-" + ++made);
            thread.setDaemon(true);
            return thread;
          }
        });
  }

  /** A team whose other threads somebody else makes. */
  Team(ThreadFactory threadFactory) {
    this.threadFactory = threadFactory;
  }

  /**
   * Each of {@code parts} numbers goes through all phases, in as many threads as are given, number
   * 0 in the caller's. A phase begins when all have ended the one before; after a failure none
   * does.
   *
   * @throws RuntimeException what a phase threw, after all have stopped
   */
  void run(int parts, int threads, IntConsumer... work) {
    if (threads == 1) {
      for (IntConsumer phase : work) {
        for (int number = 0; number < parts; number++) {
          phase.accept(number);
        }
      }
      return;
    }
    if (closed) {
      throw new IllegalStateException("this team is closed");
    }
    grow(threads - 1);
    phases = work;
    this.parts = parts;
    this.threads = threads;
    failure.set(null);
    ended = 0;
    for (int i = 0; i < threads - 1; i++) {
      members[i].begin();
    }
    work(0, null);
    phases = null;
    Failure.throwAgain(failure.get());
  }

  /** Does what falls to a thread; whatever happens, the others need not wait for it. */
  private void work(int first, Member member) {
    IntConsumer[] all = phases; // the caller goes on after the last meeting, whoever is still here
    int last = parts;
    int step = threads;
    for (int phase = 0; phase < all.length; phase++) {
      for (int number = first; number < last; number += step) {
        if (failure.get() == null) {
          try {
            all[phase].accept(number);
          } catch (Throwable e) {
            failure.compareAndSet(null, e);
          }
        }
      }
      if (member == null) {
        meetAndLook(phase);
      } else {
        member.met++;
        meet();
      }
    }
  }

  /** Waits until all have come here. */
  private void meet() {
    int current = generation;
    arrive(1);
    for (int spins = 0; generation == current; spins++) {
      Pause.after(spins);
    }
  }

  private void arrive(int arriving) {
    int expected = threads; // read before: once all have come, there may be a new number
    if (arrived.addAndGet(arriving) == expected) {
      arrived.set(0);
      generation++; // by one thread only
    }
  }

  /** The caller's: it also comes for threads that have ended, and stops the work. */
  private void meetAndLook(int phase) {
    int current = generation;
    arrive(1 + ended);
    for (int spins = 1; generation == current; spins++) {
      Pause.after(spins);
      if (spins % YIELDS_BEFORE_LOOKING == 0) {
        arriveForWhoEnded(phase);
      }
    }
  }

  /**
   * Whether the work at hand has failed, or one of those who do it has died: asked within a phase
   * by who waits there for another.
   */
  boolean isBroken() {
    if (failure.get() != null) {
      return true;
    }
    for (int i = 0; i < threads - 1; i++) {
      if (!members[i].thread.isAlive()) {
        return true;
      }
    }
    return false;
  }

  private void arriveForWhoEnded(int phase) {
    int missing = 0;
    for (int i = 0; i < threads - 1; i++) {
      Member member = members[i];
      if (!member.ended && !member.thread.isAlive()) {
        member.ended = true;
        ended++;
        missing += member.met > phase ? 0 : 1;
        failure.compareAndSet(null, lost);
      }
    }
    if (missing > 0) {
      arrive(missing);
    }
  }

  /** Sees to it that there are so many others. */
  private void grow(int others) {
    for (int i = 0; i < others; i++) {
      if (i == members.length || members[i].ended) {
        Member[] all = Arrays.copyOf(members, Math.max(members.length, i + 1));
        all[i] = new Member(i + 1);
        all[i].thread.start();
        members = all;
      }
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    for (Member member : members) {
      LockSupport.unpark(member.thread);
    }
  }

  /** A thread besides the caller's. */
  private final class Member implements Runnable {
    private final int number;
    private final Thread thread;
    private InferenceMode mode;
    private volatile int begun;
    private volatile boolean sleeping;

    /** How many phases of the work it has been through. */
    private int met;

    /** What the caller has seen. */
    private boolean ended;

    Member(int number) {
      this.number = number;
      thread = threadFactory.newThread(this);
    }

    void begin() {
      met = 0;
      begun++; // by one thread only
      if (sleeping) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      int done = 0;
      while (awaitMoreThan(done)) {
        done++;
        takePart();
      }
      if (mode != null) {
        mode.close();
      }
    }

    private void takePart() {
      PointerScope scope = null;
      try {
        makeReady();
        scope = new PointerScope();
      } catch (Throwable e) {
        failure.compareAndSet(null, e); // the others wait for this thread all the same
      }
      work(number, this);
      if (scope != null) {
        scope.close();
      }
    }

    private void makeReady() {
      if (mode == null) {
        Native.keepFreedMemory();
        Pools.libtorch(1);
        mode = new InferenceMode(true); // holds for this thread until it is closed
      }
    }

    private boolean awaitMoreThan(int done) {
      for (int spins = 0; begun == done; spins++) {
        if (closed) {
          return false;
        }
        if (spins < Pause.SPINS_BEFORE_YIELDING + YIELDS_BEFORE_SLEEPING) {
          Pause.after(spins);
        } else {
          sleeping = true;
          if (begun == done && !closed) {
            LockSupport.park(this);
            Thread.interrupted(); // else it would not sleep again
          }
          sleeping = false;
        }
      }
      return true;
    }
  }
}
