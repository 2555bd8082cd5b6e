package io.github.torchscribe.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.global.torch;

/**
 * Threads that work on one thing together, many thousand times a second. They wait for each other
 * and for more work by spinning, since waking a sleeping thread takes longer than most of what
 * there is to wait for; who has waited for long sleeps.
 */
final class Team implements AutoCloseable {
  private static final int SPINS_BEFORE_YIELDING = 1_000;
  private static final int YIELDS_BEFORE_SLEEPING = 2_000;

  private final String name;
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private Member[] members = {};
  private IntConsumer[] phases;
  private int count;
  private volatile int generation;
  private volatile boolean closed;

  /**
   * A team of the calling thread alone; others join when they are needed.
   *
   * @param name of the threads
   */
  Team(String name) {
    this.name = name;
  }

  /**
   * Each of {@code workers} numbers goes through all phases, each in a thread of its own, number 0
   * in the caller's. A phase begins when all have ended the one before; after a failure none does.
   *
   * @throws RuntimeException what a phase threw, after all have stopped
   */
  void run(int workers, IntConsumer... work) {
    if (workers == 1) {
      for (IntConsumer phase : work) {
        phase.accept(0);
      }
      return;
    }
    grow(workers - 1);
    phases = work;
    count = workers;
    failure.set(null);
    for (int i = 0; i < workers - 1; i++) {
      members[i].begin();
    }
    work(0);
    phases = null;
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  private void work(int number) {
    for (IntConsumer phase : phases) {
      if (failure.get() == null) {
        try {
          phase.accept(number);
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        }
      }
      meet();
    }
  }

  /** Waits until all have come here. */
  private void meet() {
    int current = generation;
    if (arrived.incrementAndGet() == count) {
      arrived.set(0);
      generation = current + 1;
      return;
    }
    for (int spins = 0; generation == current; spins++) {
      pause(spins);
    }
  }

  private static void pause(int spins) {
    if (spins < SPINS_BEFORE_YIELDING) {
      Thread.onSpinWait();
    } else {
      Thread.yield(); // somebody else may need this core to get where we wait for it
    }
  }

  private void grow(int others) {
    if (members.length >= others) {
      return;
    }
    Member[] more = new Member[others];
    System.arraycopy(members, 0, more, 0, members.length);
    for (int i = members.length; i < others; i++) {
      more[i] = new Member(i + 1);
      more[i].thread.start();
    }
    members = more;
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
    private volatile int begun;
    private volatile boolean sleeping;

    Member(int number) {
      this.number = number;
      thread = new Thread(this, name + "-worker-" + number);
      thread.setDaemon(true);
    }

    void begin() {
      begun++; // by one thread only
      if (sleeping) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      Native.keepFreedMemory();
      torch.set_num_threads(1);
      InferenceMode mode = new InferenceMode(true); // holds for this thread until it is closed
      try {
        int done = 0;
        while (awaitMoreThan(done)) {
          done++;
          PointerScope scope = new PointerScope();
          try {
            work(number);
          } finally {
            scope.close();
          }
        }
      } finally {
        mode.close();
      }
    }

    private boolean awaitMoreThan(int done) {
      for (int spins = 0; begun == done; spins++) {
        if (closed) {
          return false;
        }
        if (spins < SPINS_BEFORE_YIELDING + YIELDS_BEFORE_SLEEPING) {
          pause(spins);
        } else {
          sleeping = true;
          if (begun == done && !closed) {
            LockSupport.park(this);
          }
          sleeping = false;
        }
      }
      return true;
    }
  }
}
