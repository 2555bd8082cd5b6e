package io.github.torchscribe.runtime.process;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that many have together, or one alone. Both kinds get about as much time as the other: who
 * had it alone lets those who waited have it for as long, also where each of them has it for a
 * fraction of that, such as a thread that predicts beside one that trains.
 */
final class Turns {
  private static final long SHORTEST_TURN_NANOS = 1_000_000;
  private static final long LOOK_EVERY_NANOS = 100_000;
  private static final int SPINS_BEFORE_SLEEPING = 1_000;

  /** Set while one has it alone or waits until the last of the others has gone. */
  private static final int ALONE = Integer.MIN_VALUE;

  /** How many have it together. */
  private final AtomicInteger together = new AtomicInteger();

  /** Who has it alone, waits for the others to go, or lets them have their turn. */
  private final ReentrantLock alone = new ReentrantLock(true);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition over = lock.newCondition();
  private volatile int waiting; // written under the lock
  private volatile Thread next;
  private long began;
  private long turnOfOthersEnds;
  private boolean othersWaited;

  /** Begins beside others. */
  void enter() {
    if (tryEnter()) {
      return;
    }
    lock.lock();
    waiting++;
    try {
      while (!tryEnter()) {
        over.awaitUninterruptibly();
      }
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  private boolean tryEnter() {
    int count = together.get();
    while (count >= 0) {
      if (together.compareAndSet(count, count + 1)) {
        return true;
      }
      count = together.get();
    }
    return false;
  }

  /** Ends beside others. */
  void leave() {
    if (together.decrementAndGet() == ALONE) {
      LockSupport.unpark(next);
    }
  }

  /** Begins alone, after all others. */
  void enterAlone() {
    alone.lock();
    boolean interrupted = letOthersHaveTheirTurn();
    next = Thread.currentThread();
    together.addAndGet(ALONE);
    for (int spins = 0; together.get() != ALONE; spins++) {
      if (spins < SPINS_BEFORE_SLEEPING) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    began = System.nanoTime();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits while those who had to wait before are at work. */
  private boolean letOthersHaveTheirTurn() {
    boolean interrupted = false;
    int idle = 0;
    while (othersWaited && idle < 2 && System.nanoTime() - turnOfOthersEnds < 0) {
      LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
      interrupted |= Thread.interrupted();
      idle = waiting == 0 && together.get() == 0 ? idle + 1 : 0;
    }
    return interrupted;
  }

  /** Ends alone. */
  void leaveAlone() {
    long now = System.nanoTime();
    lock.lock();
    try {
      othersWaited = waiting > 0;
      turnOfOthersEnds = now + Math.max(now - began, SHORTEST_TURN_NANOS);
      next = null;
      together.addAndGet(-ALONE);
      over.signalAll();
    } finally {
      lock.unlock();
      alone.unlock();
    }
  }
}
