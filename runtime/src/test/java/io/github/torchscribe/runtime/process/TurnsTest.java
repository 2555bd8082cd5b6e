package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TurnsTest {
  private final Turns turns = new Turns();

  private static Thread started(Runnable work) {
    Thread thread = new Thread(work);
    thread.start();
    return thread;
  }

  private static void awaitSleep(Thread thread) throws InterruptedException {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
  }

  @Test
  void aloneIsAlone() throws InterruptedException {
    AtomicInteger together = new AtomicInteger();
    AtomicInteger alone = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      boolean wantsToBeAlone = t < 2;
      threads.add(
          started(
              () -> {
                for (int i = 0; i < 200; i++) {
                  if (wantsToBeAlone) {
                    turns.enterAlone();
                    wrong.addAndGet(alone.getAndIncrement() + together.get());
                    Thread.yield();
                    alone.decrementAndGet();
                    turns.leaveAlone();
                  } else {
                    turns.enter();
                    most.accumulateAndGet(together.incrementAndGet(), Math::max);
                    wrong.addAndGet(alone.get());
                    Thread.yield();
                    together.decrementAndGet();
                    turns.leave();
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, wrong.get());
    assertTrue(most.get() > 1, "at least two had it together");
  }

  @Test
  void waitsForThoseWhoAreThereAndTheyForIt() throws InterruptedException {
    turns.enter();
    turns.enter();
    AtomicInteger order = new AtomicInteger();
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch leave = new CountDownLatch(1);
    Thread alone =
        started(
            () -> {
              turns.enterAlone();
              interrupted.set(Thread.interrupted());
              order.set(1);
              try {
                leave.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              turns.leaveAlone();
            });
    awaitSleep(alone);
    turns.leave();
    alone.interrupt(); // is no reason to go on
    awaitSleep(alone);
    assertEquals(0, order.get());
    Thread late =
        started(
            () -> {
              turns.enter();
              order.incrementAndGet();
              turns.leave();
            });
    awaitSleep(late);
    assertEquals(0, order.get(), "nobody may come before the one who waits to be alone");
    turns.leave();
    alone.join(100);
    leave.countDown();
    alone.join();
    late.join();
    assertEquals(2, order.get(), "one after the other");
    assertTrue(interrupted.get(), "but it is told");
  }

  /** As a thread that predicts beside one that trains, a hundred times as often. */
  @Test
  void whoHadItAloneLetsThoseWhoWaitedHaveTheirTurn() throws InterruptedException {
    AtomicInteger turnsOfOthers = new AtomicInteger();
    turns.enterAlone();
    Thread other =
        started(
            () -> {
              for (int i = 0; i < 50; i++) {
                turns.enter();
                turnsOfOthers.incrementAndGet();
                turns.leave();
              }
            });
    awaitSleep(other);
    Thread.sleep(300); // so long the other's turn will be
    turns.leaveAlone();
    turns.enterAlone();
    assertEquals(50, turnsOfOthers.get());
    turns.leaveAlone();
    other.join();
  }
}
