package io.github.torchscribe.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers together what was asked while all cores were busy. Nobody waits for others to ask: a
 * thread that finds a core free answers what there is, at least its own question.
 */
final class MicroBatches {
  private final Lanes lanes;
  private final int most;
  private final Semaphore cores;
  private final BlockingQueue<Request> waiting = new LinkedBlockingQueue<>();

  MicroBatches(Lanes lanes, int most, int cores) {
    this.lanes = lanes;
    this.most = most;
    this.cores = new Semaphore(cores);
  }

  /** A question, and the thread that waits for its answer. */
  private static final class Request implements Lane.Query {
    private final Lane.Query query;
    private final Thread asker = Thread.currentThread();
    private RuntimeException failure;
    private volatile boolean done;

    Request(Lane.Query query) {
      this.query = query;
    }

    @Override
    public float[] numbers() {
      return query.numbers();
    }

    @Override
    public long[] indices() {
      return query.indices();
    }

    @Override
    public float[] output() {
      return query.output();
    }

    void end(RuntimeException why) {
      failure = why;
      done = true;
      LockSupport.unpark(asker);
    }
  }

  /** Answers a question, or has it answered by another thread. */
  void answer(Lane.Query query) {
    Request mine = new Request(query);
    waiting.add(mine);
    boolean interrupted = false;
    while (!mine.done) {
      if (cores.tryAcquire()) {
        try {
          while (!mine.done) {
            answerSome();
          }
        } finally {
          cores.release();
          // Who asked meanwhile found no core free, and sleeps.
          Request next = waiting.peek();
          if (next != null) {
            LockSupport.unpark(next.asker);
          }
        }
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (mine.failure != null) {
      throw mine.failure;
    }
  }

  private void answerSome() {
    List<Request> batch = new ArrayList<>();
    waiting.drainTo(batch, Math.min(most, Math.max(1, waiting.size())));
    for (int from = 0; from < batch.size(); ) {
      int to = from + Lanes.atOnce(batch.size() - from);
      List<Request> some = batch.subList(from, to);
      RuntimeException failure = null;
      try {
        lanes.answer(some);
      } catch (RuntimeException e) {
        failure = e;
      }
      for (Request request : some) {
        request.end(failure);
      }
      from = to;
    }
  }
}
