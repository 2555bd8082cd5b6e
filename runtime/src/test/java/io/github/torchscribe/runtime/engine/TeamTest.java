package io.github.torchscribe.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // it would spin, not sleep
class TeamTest {
  private static final int WORKERS = 4; // more than this machine may have cores

  private final Team team = new Team("test");

  @AfterEach
  void close() {
    team.close();
  }

  @Test
  void aPhaseBeginsWhenAllHaveEndedTheOneBefore() {
    AtomicLongArray first = new AtomicLongArray(WORKERS);
    AtomicInteger wrong = new AtomicInteger();
    for (int run = 1; run <= 2_000; run++) {
      long expected = run;
      team.run(
          WORKERS,
          WORKERS,
          number -> first.incrementAndGet(number),
          number -> {
            for (int i = 0; i < WORKERS; i++) {
              if (first.get(i) != expected) {
                wrong.incrementAndGet();
              }
            }
          });
    }
    assertEquals(0, wrong.get());
  }

  @Test
  void theCallerIsOneOfThem() {
    Thread caller = Thread.currentThread();
    team.run(
        2,
        2,
        number -> {
          if (number == 0) {
            assertSame(caller, Thread.currentThread());
          } else {
            assertNotEquals(caller, Thread.currentThread());
          }
        });
  }

  @Test
  void wakesWhoHasFallenAsleep() throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    for (int run = 1; run <= 5; run++) {
      Thread.sleep(Duration.ofMillis(100).toMillis());
      team.run(3, 3, number -> done.incrementAndGet());
      assertEquals(3 * run, done.get());
    }
  }

  @Test
  void mayBecomeLargerAndSmaller() {
    for (int workers : new int[] {1, 3, 2, 4, 1, 4}) {
      AtomicInteger sum = new AtomicInteger();
      team.run(workers, workers, number -> sum.addAndGet(1 << number));
      assertEquals((1 << workers) - 1, sum.get());
    }
  }

  @Test
  void afterAFailureNoFurtherPhaseBeginsAndTheTeamGoesOn() {
    AtomicInteger second = new AtomicInteger();
    IllegalStateException thrown = new IllegalStateException("no");
    for (int failing = 0; failing < WORKERS; failing++) {
      int who = failing;
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () ->
                  team.run(
                      WORKERS,
                      WORKERS,
                      number -> {
                        if (number == who) {
                          throw thrown;
                        }
                      },
                      number -> second.incrementAndGet()));
      assertSame(thrown, e);
    }
    assertEquals(0, second.get());
    team.run(WORKERS, WORKERS, number -> second.incrementAndGet());
    assertEquals(WORKERS, second.get());
  }

  @Test
  void itsThreadsEndWithIt() throws InterruptedException {
    Thread[] member = new Thread[1];
    team.run(
        2,
        2,
        number -> {
          if (number == 1) {
            member[0] = Thread.currentThread();
          }
        });
    team.close();
    member[0].join(Duration.ofSeconds(10).toMillis());
    assertFalse(member[0].isAlive());
  }

  @Test
  void fewerThreadsDoTheSame() {
    for (int threads = 1; threads <= WORKERS; threads++) {
      AtomicLongArray order = new AtomicLongArray(5);
      AtomicInteger first = new AtomicInteger();
      Set<Thread> workers = ConcurrentHashMap.newKeySet();
      team.run(
          5,
          threads,
          number -> {
            workers.add(Thread.currentThread());
            first.incrementAndGet();
          },
          number -> order.addAndGet(number, first.get()));
      for (int i = 0; i < 5; i++) {
        assertEquals(5, order.get(i), "each part, after all of the phase before");
      }
      assertEquals(threads, workers.size());
    }
  }

  /** Threads that die before their work, in the first, second … of several runs. */
  @Test
  void aThreadThatHasDiedIsNotWaitedForAndIsReplaced() {
    AtomicInteger made = new AtomicInteger();
    ThreadFactory factory =
        work -> {
          int number = made.incrementAndGet();
          Thread thread =
              new Thread(
                  number % 2 == 1
                      ? () -> {
                        throw new OutOfMemoryError("injected");
                      }
                      : work);
          thread.setUncaughtExceptionHandler((who, e) -> {}); // it is meant
          thread.setDaemon(true);
          return thread;
        };
    AtomicInteger second = new AtomicInteger();
    try (Team some = new Team(factory)) {
      for (int alive : new int[] {1, 2}) { // of three others the second; then one more
        IllegalStateException e =
            assertThrows(
                IllegalStateException.class,
                () -> some.run(4, 4, number -> {}, number -> second.incrementAndGet()),
                "with " + alive);
        assertTrue(e.getMessage().contains("ended in the middle"), e.getMessage());
      }
      assertEquals(0, second.get(), "no phase after one that is not complete");
      some.run(4, 4, number -> {}, number -> second.incrementAndGet());
      assertEquals(4, second.get());
    }
  }

  @Test
  void aThreadThatTheSystemDoesNotGiveIsAnErrorOfThatRunAlone() {
    AtomicInteger made = new AtomicInteger();
    ThreadFactory factory =
        work ->
            new Thread(work) {
              @Override
              public void start() {
                if (made.incrementAndGet() == 2) {
                  throw new OutOfMemoryError("unable to create native thread");
                }
                setDaemon(true);
                super.start();
              }
            };
    AtomicInteger sum = new AtomicInteger();
    try (Team some = new Team(factory)) {
      assertThrows(OutOfMemoryError.class, () -> some.run(3, 3, sum::addAndGet));
      assertEquals(0, sum.get());
      some.run(3, 3, sum::addAndGet);
      assertEquals(0 + 1 + 2, sum.get());
    }
  }

  @Test
  void whatIsNoRuntimeExceptionStopsTheTeamToo() {
    IOException checked = new IOException("from another language");
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () ->
                team.run(
                    2,
                    2,
                    number -> {
                      if (number == 1) {
                        TeamTest.<RuntimeException>sneak(checked);
                      }
                    }));
    assertSame(checked, e.getCause());
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable e) throws E {
    throw (E) e;
  }

  @Test
  void whoHasBeenInterruptedWorksOn() {
    AtomicInteger done = new AtomicInteger();
    for (int run = 0; run < 3; run++) {
      team.run(
          2,
          2,
          number -> {
            done.incrementAndGet();
            Thread.currentThread().interrupt();
          });
    }
    assertEquals(6, done.get());
    assertTrue(Thread.interrupted());
  }

  @Test
  void onceClosedItRefuses() {
    team.run(2, 2, number -> {});
    team.close();
    assertThrows(IllegalStateException.class, () -> team.run(2, 2, number -> {}));
  }
}
