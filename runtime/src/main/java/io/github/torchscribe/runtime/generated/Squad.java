package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Failure;
import io.github.torchscribe.runtime.process.Pause;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.Tensor;

/**
 * The workers of one share. One of them leads: it takes the share's rows through the network. For
 * the others there are parts of its products. Where they have not come, or are gone, the leader
 * computes these itself: it waits for nothing but parts that somebody has begun. So what comes out
 * is the same, however many threads there are.
 */
public final class Squad implements AutoCloseable {
  /** How often who waits gives its core away before it looks whether there is anybody. */
  private static final int PAUSES_BEFORE_LOOKING = 4_096;

  /**
   * Some products have a result of their own each time, of which nothing is to be kept for ever.
   * With so many all are forgotten, and those that come again are made anew: how a product is
   * computed, and so its last digits, depends on sizes and not on what has been before.
   */
  static final int MOST_KEPT = 1_000;

  private final int workers;
  private final long least;
  private final BooleanSupplier isBroken;
  private final Map<Tensor, Tiles> kept = new IdentityHashMap<>();

  /** The number of the last product of which a part has been begun, for each part. */
  private final AtomicLongArray begun;

  private final AtomicInteger done = new AtomicInteger();
  private volatile Throwable failure;
  private volatile long product;
  private volatile boolean ended;
  private Tiles tiles;

  /**
   * Nobody works yet.
   *
   * @param workers how many there are
   * @param least multiplications of a product that is divided
   * @param isBroken whether somebody of those who work together has failed, or died
   */
  public Squad(int workers, long least, BooleanSupplier isBroken) {
    this.workers = workers;
    this.least = least;
    this.isBroken = isBroken;
    begun = new AtomicLongArray(workers);
  }

  /** Before all come: the leader is about to begin. */
  public void open() {
    failure = null;
    ended = false;
  }

  /** The leader has no more products. */
  void end() {
    ended = true;
  }

  /**
   * Computes parts of products until the leader ends.
   *
   * @param number among the workers, from 1: which part is begun first, so that a core has at hand
   *     what it has had before
   */
  void help(int number) {
    long seen = product - 1; // there may already be one
    for (int pauses = 0; !ended; pauses++) {
      long now = product;
      if (now != seen) {
        seen = now;
        work(now, number);
        pauses = 0;
      } else if (pauses % PAUSES_BEFORE_LOOKING == PAUSES_BEFORE_LOOKING - 1
          && isBroken.getAsBoolean()) {
        return;
      } else {
        Pause.after(pauses);
      }
    }
  }

  /**
   * Computes a product, if it is worth it.
   *
   * @param result (m, n)
   * @param shift (n), or null
   * @param left (m, k)
   * @param right (k, n)
   * @return false where nothing was done
   */
  boolean multiply(Tensor result, Tensor shift, Tensor left, Tensor right) {
    Tiles known = kept.get(result);
    if (known != null) {
      run(known, shift, left, right);
      return true;
    }
    long height = result.size(0);
    long width = result.size(1);
    Grid grid = Grid.of(height, width, workers);
    if (grid.parts() == 1 || height * width * left.size(1) < least) {
      return false;
    }
    if (kept.size() == MOST_KEPT) {
      forget();
    }
    Tiles some = new Tiles(grid, result, shift, left, right);
    kept.put(result, some);
    run(some, shift, left, right);
    return true;
  }

  private void run(Tiles some, Tensor shift, Tensor left, Tensor right) {
    tiles = some;
    some.take(shift, left, right);
    done.set(0);
    long now = product + 1;
    product = now; // by one thread only
    work(now, 0);
    for (int pauses = 1; done.get() < workers; pauses++) {
      Pause.after(pauses);
      if (pauses % PAUSES_BEFORE_LOOKING == 0 && isBroken.getAsBoolean()) {
        throw new IllegalStateException("a part of a product has been begun and not ended");
      }
    }
    Failure.throwAgain(failure);
  }

  /**
   * Computes what nobody has begun of a product. Who comes late begins nothing: all parts have been
   * begun then, and there is another product only once all have ended.
   */
  private void work(long now, int first) {
    for (int i = 0; i < workers; i++) {
      int part = (first + i) % workers;
      long last = begun.get(part);
      if (last < now && begun.compareAndSet(part, last, now)) {
        compute(part);
      }
    }
  }

  /** Computes a part; of a product with fewer parts than there are workers it may be none. */
  private void compute(int part) {
    try {
      if (part < tiles.parts()) {
        tiles.compute(part);
      }
    } catch (Throwable e) {
      failure = e;
    } finally {
      done.incrementAndGet();
    }
  }

  private void forget() {
    kept.values().forEach(Tiles::close);
    kept.clear();
  }

  @Override
  public void close() {
    forget();
  }
}
