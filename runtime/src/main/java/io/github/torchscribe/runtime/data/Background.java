package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.process.Failure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thread that does one thing at a time, for another that waits for it later. */
final class Background implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "torchscribe data");
            thread.setDaemon(true);
            return thread;
          });

  private Future<?> pending;

  /** Begins; whatever was begun before must have been awaited. */
  void run(Runnable work) {
    pending = thread.submit(work);
  }

  /** Whether something was begun that has not been awaited. */
  boolean isBusy() {
    return pending != null;
  }

  /** Waits until it is done, and throws what it threw. */
  void await() {
    Future<?> awaited = pending;
    pending = null;
    try {
      awaited.get();
    } catch (InterruptedException e) {
      pending = awaited;
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for data", e);
    } catch (ExecutionException e) {
      Failure.throwAgain(e.getCause());
    }
  }

  /** Waits for what nobody will await, whatever becomes of it. */
  void settle() {
    boolean interrupted = false;
    while (pending != null) {
      try {
        pending.get();
        pending = null;
      } catch (ExecutionException e) {
        pending = null; // nobody wants it any more
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    settle();
    thread.shutdown();
  }
}
