package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each part is computed once, by whoever has time; nobody waits for a helper that sleeps. */
@Timeout(60)
class HandsTest {
  private static final int PARTS = 7;

  /** More than other tests have left. */
  private static final int MANY = 12;

  private final Hands hands = new Hands();

  @AfterEach
  void release() {
    hands.release();
  }

  @Test
  void computeEachPartOnce() {
    hands.take(4);
    for (int round = 0; round < 2_000; round++) {
      AtomicIntegerArray done = new AtomicIntegerArray(PARTS);
      hands.divide(PARTS, done::incrementAndGet);
      for (int i = 0; i < PARTS; i++) {
        assertEquals(1, done.get(i), "part " + i + " of round " + round);
      }
    }
  }

  @Test
  void areSeveralThreadsAtATime() {
    hands.take(3);
    CountDownLatch all = new CountDownLatch(3);
    Map<Thread, Boolean> threads = new ConcurrentHashMap<>();
    hands.divide(
        3,
        part -> {
          threads.put(Thread.currentThread(), true);
          all.countDown();
          try {
            all.await(); // each has one, or this would never end
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertEquals(3, threads.size());
    assertTrue(threads.containsKey(Thread.currentThread()));
  }

  @Test
  void throwWhatAPartThrowsAfterAllHaveEnded() {
    hands.take(3);
    IllegalStateException failure = new IllegalStateException("of a part");
    for (int round = 0; round < 200; round++) {
      AtomicIntegerArray running = new AtomicIntegerArray(1);
      int fails = round % PARTS;
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  hands.divide(
                      PARTS,
                      part -> {
                        running.incrementAndGet(0);
                        try {
                          if (part == fails) {
                            throw failure;
                          }
                        } finally {
                          running.decrementAndGet(0);
                        }
                      }));
      assertSame(failure, thrown);
      assertEquals(0, running.get(0));
    }
  }

  @Test
  void doNotHelpWhereAllCoresAreTaken() {
    assertFalse(hands.areSeveral());
    Pools.begin();
    try {
      hands.take(Pools.take(Pools.Need.WORKERS, 2) + 1);
      assertTrue(hands.areSeveral());
      Thread[] others = new Thread[1];
      CountDownLatch taken = new CountDownLatch(1);
      CountDownLatch seen = new CountDownLatch(1);
      others[0] =
          new Thread(
              () -> {
                Pools.begin();
                try {
                  // Operations of a fixed number of threads do not ask whether there are any.
                  Pools.take(Pools.Need.LIBTORCH, 1);
                  taken.countDown();
                  awaitQuietly(seen);
                } finally {
                  Pools.end();
                }
              });
      others[0].start();
      awaitQuietly(taken);
      assertFalse(hands.areSeveral());
      seen.countDown();
      others[0].join();
      assertTrue(hands.areSeveral());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      Pools.end();
    }
  }

  @Test
  void leaveItsCoreToWhoComesLater() throws InterruptedException {
    int before = Pools.threads();
    Pools.threads(4);
    Pools.begin();
    CountDownLatch seen = new CountDownLatch(1);
    try {
      hands.take(Pools.take(Pools.Need.WORKERS, 4));
      CountDownLatch taken = new CountDownLatch(1);
      Thread other =
          new Thread(
              () -> {
                Pools.begin();
                try {
                  Pools.take(Pools.Need.WORKERS, 1);
                  taken.countDown();
                  awaitQuietly(seen);
                } finally {
                  Pools.end();
                }
              });
      other.start();
      taken.await();
      Map<Thread, Boolean> threads = new ConcurrentHashMap<>();
      assertTrue(hands.areSeveral(), "all but one go on");
      hands.divide(
          400,
          part -> {
            threads.put(Thread.currentThread(), true);
            LockSupport.parkNanos(200_000);
          });
      assertEquals(3, threads.size());
      seen.countDown();
      other.join();
    } finally {
      seen.countDown();
      Pools.end();
      Pools.threads(before);
    }
  }

  @Test
  void areFewerWhereThereCanBeNoMoreThreads() {
    Hands few =
        new Hands(
            work ->
                new Thread(work) {
                  @Override
                  public void start() {
                    throw new OutOfMemoryError("unable to create native thread");
                  }
                });
    few.take(MANY);
    AtomicIntegerArray done = new AtomicIntegerArray(PARTS);
    few.divide(PARTS, done::incrementAndGet);
    few.release();
    for (int i = 0; i < PARTS; i++) {
      assertEquals(1, done.get(i), "part " + i);
    }
  }

  @Test
  void areNoneThatDiedAtTheStart() throws InterruptedException {
    List<Thread> dead = new ArrayList<>();
    Hands some =
        new Hands(
            work -> {
              dead.add(new Thread(() -> {}));
              return dead.get(dead.size() - 1);
            });
    some.take(MANY);
    for (Thread thread : dead) {
      thread.join();
    }
    some.release();
    hands.take(MANY);
    CountDownLatch all = new CountDownLatch(MANY);
    hands.divide(
        MANY,
        part -> {
          all.countDown();
          awaitQuietly(all); // each has one, or this would never end
        });
  }

  @Test
  void areAskedForWhereSomethingIsToBeDivided() {
    assertEquals(1, hands.useful());
    hands.expect(8, 1);
    assertEquals(1, hands.useful());
    hands.plan(3);
    hands.plan(5);
    hands.plan(5);
    assertEquals(5, hands.useful());
    hands.giveUp(5);
    assertEquals(5, hands.useful());
    hands.giveUp(5);
    assertEquals(3, hands.useful());
    hands.expect(8, 1);
    assertEquals(1, hands.useful());
  }

  @Test
  void divideWhatIsShortOnlyWithWhoIsAwake() {
    assumeTrue(Pools.threads() > 1);
    hands.expect(1, 2);
    Hands.dismissAll();
    assertEquals(1, useful(1_000), "nothing is planned");
    hands.planBriefly();
    assertEquals(2, useful(Integer.MAX_VALUE), "who asks often finds one awake");
    hands.take(2);
    int awake = 0;
    for (int i = 0; i < 1_000; i++) { // not each time: who asks may be the one who lost its core
      hands.divide(2, part -> {});
      awake += hands.areAwake() ? 1 : 0;
    }
    assertTrue(awake > 0);
    LockSupport.parkNanos(100_000_000);
    assertFalse(hands.areAwake(), "there has been nothing to do");
    assertTrue(hands.areSeveral());
    hands.release();
    for (int i = 0; i < 200; i++) {
      assertEquals(1, hands.useful(), "nobody is woken for who asks now and then");
      LockSupport.parkNanos(100_000);
    }
    hands.giveUpBriefly();
    assertEquals(1, useful(1_000));
  }

  @Test
  void wakeNobodyBesideOthers() throws InterruptedException {
    assumeTrue(Pools.threads() > 1);
    hands.expect(1, 2);
    hands.planBriefly();
    Hands.dismissAll();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ends = new CountDownLatch(1);
    Thread other =
        new Thread(
            () ->
                inAnOperation(
                    () -> {
                      begun.countDown();
                      awaitQuietly(ends);
                    }));
    other.start();
    begun.await();
    try {
      for (int i = 0; i < 10_000; i++) {
        inAnOperation(() -> {});
        assertEquals(1, hands.useful());
      }
    } finally {
      ends.countDown();
      other.join();
    }
  }

  private static void inAnOperation(Runnable work) {
    Pools.begin();
    try {
      Pools.take(Pools.Need.WORKERS, 1);
      work.run();
    } finally {
      Pools.end();
    }
  }

  /** What is found by one who asks so often without a pause, until one is found. */
  private int useful(int times) {
    int found = 1;
    for (int i = 0; i < times && found == 1; i++) {
      found = hands.useful();
    }
    return found;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void endWhereNobodyNeedsThemForLong() {
    hands.take(3);
    hands.divide(PARTS, part -> {});
    hands.release();
    long end = System.nanoTime() + 30_000_000_000L;
    while (helpers() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(50_000_000);
    }
    assertEquals(0, helpers());
    hands.take(2);
    AtomicIntegerArray done = new AtomicIntegerArray(PARTS);
    hands.divide(PARTS, done::incrementAndGet); // by new ones
    assertEquals(1, done.get(PARTS - 1));
  }

  private static long helpers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().startsWith("torchscribe-helper"))
        .count();
  }
}
