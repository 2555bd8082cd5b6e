package io.github.torchscribe.runtime.distributed;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Does what may never come back, on a thread of its own: libtorch asks a store deaf to everything,
 * and waits without end where the store's process has been stopped or its machine has gone.
 */
final class Errand implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread errands = new Thread(task, "torchscribe group");
            errands.setDaemon(true);
            return errands;
          });
  private boolean lost;

  /** It has not come back in time. */
  static final class LateException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /**
   * Does something.
   *
   * @param what makes native objects that nobody owns yet
   * @param millis how long it is waited for, also by a thread that is interrupted
   * @return what came of it
   * @throws LateException if nothing did; what it works on must not be freed then
   */
  <T> T run(Supplier<T> what, long millis) {
    if (lost) {
      throw new LateException();
    }
    Future<T> result = thread.submit(what::get);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      lost = true;
      throw new LateException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether something is still being waited for by the thread. */
  boolean isLost() {
    return lost;
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
