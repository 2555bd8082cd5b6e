package io.github.torchscribe.runtime.train;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** For whom the process' end waits. */
@Timeout(60)
class SignalStopTest {
  private static final long PATIENCE = 200;

  private final CountDownLatch done = new CountDownLatch(1);
  private final CompletableFuture<SignalStop> made = new CompletableFuture<>();

  /** A thread with a run that does something, and ends when it is done. */
  private Thread run(long patience, Runnable something) {
    Thread thread =
        new Thread(
            () -> {
              try (SignalStop stop = new SignalStop(() -> {}, patience)) {
                made.complete(stop);
                something.run();
              }
            });
    thread.start();
    return thread;
  }

  private void waitUntilDone() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static TrainingLog log(Runnable atTheEndOfAnEpoch) {
    return new TrainingLog() {
      @Override
      public void epoch(History.Epoch epoch) {
        atTheEndOfAnEpoch.run();
      }
    };
  }

  @Test
  void aStepMayTakeLonger() throws Exception {
    Thread thread = run(PATIENCE, this::waitUntilDone);
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return made.join().awaitRun();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    TimeUnit.MILLISECONDS.sleep(5 * PATIENCE);
    assertFalse(waiting.isDone());
    done.countDown();
    assertTrue(waiting.get());
    thread.join();
  }

  /** As when a log hands {@code System.exit} to another thread, and waits for that. */
  @Test
  void aLogThatStandsStillIsNotWaitedFor() throws Exception {
    Watchers watchers = new Watchers(List.of(log(this::waitUntilDone)));
    Thread thread = run(PATIENCE, () -> watchers.epoch(null));
    long began = System.nanoTime();
    assertFalse(made.get().awaitRun());
    assertTrue(System.nanoTime() - began >= TimeUnit.MILLISECONDS.toNanos(PATIENCE));
    done.countDown();
    thread.join();
  }

  @Test
  void aLogThatIsAtWorkIs() throws Exception {
    Watchers watchers = new Watchers(List.of(log(() -> work(80))));
    Thread thread = run(1000, () -> watchers.epoch(null));
    assertTrue(made.get().awaitRun());
    thread.join();
  }

  /** Is somewhere else each time that somebody looks. */
  private static void work(int more) {
    if (more > 0) {
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      work(more - 1);
    }
  }
}
