package io.github.torchscribe.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
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
      team.run(3, number -> done.incrementAndGet());
      assertEquals(3 * run, done.get());
    }
  }

  @Test
  void mayBecomeLargerAndSmaller() {
    for (int workers : new int[] {1, 3, 2, 4, 1, 4}) {
      AtomicInteger sum = new AtomicInteger();
      team.run(workers, number -> sum.addAndGet(1 << number));
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
                      number -> {
                        if (number == who) {
                          throw thrown;
                        }
                      },
                      number -> second.incrementAndGet()));
      assertSame(thrown, e);
    }
    assertEquals(0, second.get());
    team.run(WORKERS, number -> second.incrementAndGet());
    assertEquals(WORKERS, second.get());
  }

  @Test
  void itsThreadsEndWithIt() throws InterruptedException {
    Thread[] member = new Thread[1];
    team.run(
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
}
