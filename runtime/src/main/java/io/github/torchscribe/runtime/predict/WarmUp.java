package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.process.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Has threads ask until answers come no sooner any more. */
public final class WarmUp {
  private static final long ROUND = 100_000_000;

  /**
   * A round that has no more than so many times the answers of the best before it brought nothing.
   */
  private static final double NOTHING = 1.05;

  /**
   * The JVM's second compiler takes its time: between two steps there may be rounds that are alike.
   */
  private static final int ROUNDS_WITHOUT = 3;

  private final Supplier<Runnable> questions;
  private final int threads;
  private final LongAdder answers = new LongAdder();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean over;

  /**
   * Nobody asks yet.
   *
   * @param questions makes one for each thread, which asks it again and again
   * @param threads how many
   */
  public WarmUp(Supplier<Runnable> questions, int threads) {
    this.questions = questions;
    this.threads = threads;
  }

  /**
   * Asks.
   *
   * @param most how long at most
   */
  public void run(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    List<Thread> others = new ArrayList<>();
    try {
      for (int i = 1; i < threads; i++) {
        Thread other = new Thread(this::ask, "torchscribe-warm-up-" + i);
        other.setDaemon(true);
        others.add(other);
        other.start();
      }
      askUntil(end);
    } finally {
      over = true;
      join(others);
    }
    Failure.throwAgain(failure.get());
  }

  private void ask() {
    try {
      Runnable question = questions.get();
      while (!over) {
        question.run();
        answers.increment();
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private void askUntil(long end) {
    Runnable question = questions.get();
    double best = 0;
    int without = 0;
    while (without < ROUNDS_WITHOUT && failure.get() == null && System.nanoTime() - end < 0) {
      long began = System.nanoTime();
      long before = answers.sum();
      long now = began;
      while (now - began < ROUND && now - end < 0) {
        question.run();
        answers.increment();
        now = System.nanoTime();
      }
      double rate = (answers.sum() - before) / (double) (now - began);
      without = rate > NOTHING * best ? 0 : without + 1;
      best = Math.max(best, rate);
    }
  }

  private static void join(List<Thread> others) {
    boolean interrupted = false;
    for (Thread other : others) {
      while (other.isAlive()) {
        try {
          other.join();
        } catch (InterruptedException e) {
          interrupted = true; // it ends after the answer at hand
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
