package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.process.LastWords;
import io.github.torchscribe.runtime.process.Signals;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets SIGINT, SIGTERM and {@code System.exit} end a run after the step that is being done, rather
 * than the process at once; a second signal ends that. Who calls {@code System.exit} out of the run
 * itself, as a log may, is not waited for: it would wait for us.
 */
public final class SignalStop implements AutoCloseable {
  private static final int KILLED = 130;

  /** For what comes after a run, so that it can still be said. */
  private static final long PATIENCE_AFTER = 2_000;

  /** For a log that waits for something, which may be the process' end. */
  private static final long PATIENCE_WITH_LOGS = 10_000;

  private static final long PAUSE = 50;
  private static final String OURS = "io.github.torchscribe.runtime.";

  private final Runnable stop;
  private final long patienceWithLogs;
  private final Thread running = Thread.currentThread();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::processEnds, "torchscribe stop");

  /**
   * From now on.
   *
   * @param stop asks the run of this thread to end
   */
  public SignalStop(Runnable stop) {
    this(stop, PATIENCE_WITH_LOGS);
  }

  SignalStop(Runnable stop, long patienceWithLogs) {
    this.stop = stop;
    this.patienceWithLogs = patienceWithLogs;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void processEnds() {
    if (isWaitedForByRun()) {
      return;
    }
    stop.run();
    Signals.on("INT", SignalStop::endAtOnce);
    Signals.on("TERM", SignalStop::endAtOnce);
    LastWords.say(
        SignalStop.class, Level.INFO, "Stopping after this step; a second signal stops at once.");
    try {
      if (awaitRun()) {
        running.join(PATIENCE_AFTER);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endAtOnce() {
    Runtime.getRuntime().halt(KILLED);
  }

  /** Waits for the run's end, unless that cannot come; says whether it came. */
  boolean awaitRun() throws InterruptedException {
    List<StackTraceElement> place = List.of();
    long since = System.nanoTime();
    while (!over.await(PAUSE, TimeUnit.MILLISECONDS)) {
      List<StackTraceElement> now = placeInLog();
      if (!now.equals(place)) {
        place = now;
        since = System.nanoTime();
      }
      boolean stands = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since) > patienceWithLogs;
      if (isWaitedForByRun() || (!place.isEmpty() && stands)) {
        return false;
      }
    }
    return true;
  }

  /** Where the run is inside a log; empty elsewhere: a step may take as long as it likes. */
  private List<StackTraceElement> placeInLog() {
    List<StackTraceElement> place = Arrays.asList(running.getStackTrace());
    String logs = Watchers.class.getName();
    return place.stream().anyMatch(frame -> frame.getClassName().equals(logs)) ? place : List.of();
  }

  /** Whether the process' end was asked for by the run, or by a thread that works for it. */
  private boolean isWaitedForByRun() {
    for (Map.Entry<Thread, StackTraceElement[]> some : Thread.getAllStackTraces().entrySet()) {
      List<String> classes =
          Arrays.stream(some.getValue()).map(StackTraceElement::getClassName).toList();
      if (classes.contains("java.lang.Shutdown")
          && (some.getKey() == running || classes.stream().anyMatch(c -> c.startsWith(OURS)))) {
        return true;
      }
    }
    return false;
  }

  /** The run is over; the process may end. */
  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending already
    }
  }
}
