package io.github.torchscribe.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.log.TrainingLog;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
  private Thread run(Runnable something) {
    Thread thread =
        new Thread(
            () -> {
              try (SignalStop stop = new SignalStop(() -> {}, PATIENCE)) {
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
    Thread thread = run(this::waitUntilDone);
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(() -> made.join().awaitRun());
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
    Thread thread = run(() -> watchers.epoch(null));
    long began = System.nanoTime();
    assertFalse(made.get().awaitRun());
    assertTrue(System.nanoTime() - began >= TimeUnit.MILLISECONDS.toNanos(PATIENCE));
    done.countDown();
    thread.join();
  }

  @Test
  void aLogThatIsAtWorkIs() throws Exception {
    Runnable work =
        () -> {
          for (int i = 0; i < 20; i++) {
            if (i % 2 == 0) {
              odd();
            } else {
              even();
            }
          }
        };
    Watchers watchers = new Watchers(List.of(log(work)));
    Thread thread = run(() -> watchers.epoch(null));
    assertTrue(made.get().awaitRun());
    thread.join();
  }

  private static void odd() {
    sleep();
  }

  private static void even() {
    sleep();
  }

  private static void sleep() {
    try {
      TimeUnit.MILLISECONDS.sleep(PATIENCE / 3);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void handlersOfSignalsAreLeftAsTheyWere() throws Exception {
    String ours = handler();
    try (SignalStop first = new SignalStop(() -> {});
        SignalStop second = new SignalStop(() -> {})) {
      assertFalse(first == second);
      assertFalse(ours.equals(handler()));
    }
    assertEquals(ours, handler());
  }

  /** Which there is; asked for by setting another for a moment. */
  private static String handler() throws Exception {
    Class<?> type = Class.forName("sun.misc.Signal");
    Class<?> handlers = Class.forName("sun.misc.SignalHandler");
    Object signal = type.getConstructor(String.class).newInstance("TERM");
    Object another =
        Proxy.newProxyInstance(
            handlers.getClassLoader(), new Class<?>[] {handlers}, (proxy, method, args) -> null);
    Method handle = type.getMethod("handle", type, handlers);
    Object was = handle.invoke(null, signal, another);
    handle.invoke(null, signal, was);
    return was.toString(); // it is wrapped anew each time
  }
}
