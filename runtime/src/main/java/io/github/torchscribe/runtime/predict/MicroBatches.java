package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.process.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Answers together what was asked while all cores were busy. Nobody waits for others to ask: a
 * thread that finds a core free answers what there is, at least its own question.
 */
public final class MicroBatches {
  private final Consumer<List<? extends Lane.Query>> lanes;
  private final int most;
  private final Semaphore cores;
  private final BlockingQueue<Request> waiting = new LinkedBlockingQueue<>();

  /**
   * No thread asks yet.
   *
   * @param lanes answer 1, 2, 4 … 64 questions at once
   * @param most of them are answered together
   * @param cores how many threads answer at a time
   */
  public MicroBatches(Consumer<List<? extends Lane.Query>> lanes, int most, int cores) {
    this.lanes = lanes;
    this.most = most;
    this.cores = new Semaphore(cores);
  }

  /** A question, and the thread that waits for its answer. */
  private static final class Request implements Lane.Query {
    private final Lane.Query query;
    private final Thread asker = Thread.currentThread();
    private Throwable failure;
    private volatile boolean done;

    Request(Lane.Query query) {
      this.query = query;
    }

    @Override
    public float[] numbers(int input) {
      return query.numbers(input);
    }

    @Override
    public long[] indices(int input) {
      return query.indices(input);
    }

    @Override
    public float[] output(int which) {
      return query.output(which);
    }

    void end(Throwable why) {
      if (!done) {
        failure = why;
        done = true;
        LockSupport.unpark(asker);
      }
    }
  }

  /** Answers a question, or has it answered by another thread. */
  public void answer(Lane.Query query) {
    Request mine = new Request(query);
    waiting.add(mine);
    boolean interrupted = false;
    while (!mine.done) {
      boolean wait = true;
      if (cores.tryAcquire()) {
        try {
          while (!mine.done && answerSome()) {
            wait = false;
          }
        } catch (RuntimeException | Error e) {
          waiting.remove(mine); // lest it is this thread that is to be woken for it
          throw e;
        } finally {
          cores.release();
          // Who asked meanwhile found no core free, and sleeps.
          Request next = waiting.peek();
          if (next != null) {
            LockSupport.unpark(next.asker);
          }
        }
      }
      if (wait && !mine.done) {
        LockSupport.park(this); // another thread answers, or has the core that this one needs
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Failure.throwAgain(mine.failure);
  }

  /**
   * Answers some of what is waiting. Whatever happens to this thread, who asked is told: all of
   * them sleep until somebody does.
   *
   * @return false where nothing was
   */
  private boolean answerSome() {
    List<Request> batch = new ArrayList<>(most);
    Throwable failure = null;
    try {
      waiting.drainTo(batch, Math.min(most, Math.max(1, waiting.size())));
      for (int from = 0; from < batch.size(); ) {
        int to = from + Lanes.atOnce(batch.size() - from);
        answerAtOnce(batch.subList(from, to));
        from = to;
      }
    } catch (Throwable e) {
      failure = e; // of what has no answer yet
    } finally {
      for (Request request : batch) {
        request.end(failure);
      }
    }
    return !batch.isEmpty();
  }

  private void answerAtOnce(List<Request> some) {
    Throwable failure = null;
    try {
      lanes.accept(some);
    } catch (Throwable e) {
      failure = e;
    }
    for (Request request : some) {
      request.end(failure);
    }
  }
}
