package io.github.torchscribe.runtime.process;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** Parts of one thing, of which whoever has time takes the next. */
final class Work {
  private final int parts;
  private final IntConsumer part;
  private final long awakeNanos;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  Work(int parts, IntConsumer part, long awakeNanos) {
    this.parts = parts;
    this.part = part;
    this.awakeNanos = awakeNanos;
  }

  /** For how long who has helped waits for more before it sleeps. */
  long awakeNanos() {
    return awakeNanos;
  }

  /** Whether anything is left to be taken. */
  boolean isLeft() {
    return next.get() < parts;
  }

  /** Computes what is left, part by part. After a failure the rest is not computed. */
  void help() {
    for (int number = next.getAndIncrement(); number < parts; number = next.getAndIncrement()) {
      try {
        if (failure.get() == null) {
          part.accept(number);
        }
      } catch (Throwable e) {
        failure.compareAndSet(null, e);
      } finally {
        done.incrementAndGet();
      }
    }
  }

  /** Waits until all parts have ended, and throws what one of them threw. */
  void await() {
    for (int spins = 0; done.get() < parts; spins++) {
      Pause.after(spins);
    }
    Failure.throwAgain(failure.get());
  }
}
