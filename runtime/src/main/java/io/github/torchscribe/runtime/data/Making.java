package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.process.Failure;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Tensors;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A batch of a dataset that takes time, made by whoever has some: any number of threads take piece
 * after piece until there are none. What {@link Transformed} does, it does with the whole batch
 * behind them, and so draws what one thread alone would draw.
 */
final class Making {
  /** So many for each core: the last of them are waited for. */
  private static final int PIECES_EACH = 8;

  /** One takes no less time than to ask for it. */
  private static final int MOST_ROWS = 16;

  private final Dataset pieces;
  private final Transformed whole;
  private final long number;
  private final Room place;
  private final Tensor order;
  private final long first;
  private final int size;
  private final int rows;
  private final Arena arena;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger left;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private Tensor before;
  private Throwable failure;
  private int failed = Integer.MAX_VALUE;

  /**
   * A batch that nobody has begun with.
   *
   * @param place shaped for it
   * @param order of the epoch
   * @param first where in the order the batch begins
   */
  Making(Dataset data, Room place, Tensor order, long first, int size) {
    whole = data instanceof Transformed some && some.before().gathersParts() ? some : null;
    pieces = whole == null ? data : whole.before();
    number = whole == null ? 0 : whole.nextBatch();
    this.place = place;
    this.order = order;
    this.first = first;
    this.size = size;
    left = new AtomicInteger(size);
    int each = size / (PIECES_EACH * Threads.count());
    rows = pieces.gathersParts() ? Math.max(1, Math.min(MOST_ROWS, each)) : size;
    arena = Arena.filledBy(() -> before = whole == null ? null : whole.room(size));
  }

  /** Whether somebody else would find something to do. */
  int piecesLeft() {
    return Math.max(0, (size - next.get() + rows - 1) / rows);
  }

  /** Takes pieces until there are none; others may have some in hand then. */
  void join() {
    Threads.alone(
        () -> {
          for (int from = next.getAndAdd(rows); from < size; from = next.getAndAdd(rows)) {
            take(from, Math.min(rows, size - from));
          }
        });
  }

  private void take(int from, int count) {
    PointerScope scope = new PointerScope();
    try {
      Tensors inputs = place.inputs(from, count);
      Tensor indices = order.narrow(0, first + from, count);
      pieces.gather(
          indices,
          whole == null ? inputs : whole.into(inputs, before.narrow(0, from, count)),
          place.targets(from, count));
    } catch (Throwable e) { // as who waits for it is to have it
      fail(from, e);
    } finally {
      scope.close();
    }
    if (left.addAndGet(-count) == 0) {
      finish();
    }
  }

  /** Of several failures that counts which one thread alone would have come to. */
  private synchronized void fail(int from, Throwable e) {
    if (from < failed) {
      failed = from;
      failure = e;
    }
  }

  private synchronized void finish() {
    try {
      if (failure == null && whole != null) {
        PointerScope scope = new PointerScope();
        try {
          whole.write(before, number, place.inputs());
        } finally {
          scope.close();
        }
      }
    } catch (Throwable e) {
      failure = e;
    } finally {
      arena.close();
    }
    if (failure == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failure);
    }
  }

  /** Waits for all pieces, and throws what one threw. */
  void await() {
    try {
      done.join();
    } catch (CompletionException e) {
      Failure.throwAgain(e.getCause());
    }
  }
}
