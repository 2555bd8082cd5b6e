package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.Trainer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * Ends a run when Spark wants its task to end: after the step that is being done, or, where that
 * waits for a process that does not come any more, in the middle of it.
 */
final class KillWatch implements AutoCloseable {
  private static final long LOOK_EVERY_MILLIS = 100;

  /** How long a step may still take. */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final TaskContext context;
  private final Thread task = Thread.currentThread();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Trainer trainer;

  /** Watches over the calling thread's task. */
  KillWatch(TaskContext context) {
    this.context = context;
    Thread watch = new Thread(this::watch, "torchscribe task " + context.taskAttemptId());
    watch.setDaemon(true);
    watch.start();
  }

  /** What is to stop. */
  void stops(Trainer running) {
    trainer = running;
  }

  private void watch() {
    try {
      while (!context.isInterrupted()) {
        if (closed.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      long asked = System.nanoTime();
      boolean interrupted = false;
      do { // a run that begins only now has forgotten what it was asked before
        if (trainer != null) {
          trainer.stop();
        }
        if (!interrupted && System.nanoTime() - asked > GRACE_NANOS) {
          interrupt();
          interrupted = true;
        }
      } while (!closed.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does
    }
  }

  /** Not once the task has gone on to something else. */
  private synchronized void interrupt() {
    if (closed.getCount() > 0) {
      task.interrupt();
    }
  }

  /**
   * Says to Spark that its wish has been granted.
   *
   * @throws TaskKilledException when there was one
   */
  void throwIfKilled() {
    if (context.isInterrupted()) {
      throw new TaskKilledException("the run was ended as the task was to be");
    }
  }

  @Override
  public synchronized void close() {
    closed.countDown();
  }
}
