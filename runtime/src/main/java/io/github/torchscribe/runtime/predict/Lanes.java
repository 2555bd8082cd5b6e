package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.generated.QuantizedWeights;
import io.github.torchscribe.runtime.torch.Device;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * The lanes of a predictor: for 1, 2, 4 … 64 examples, as many of each as were ever in use at once.
 */
public final class Lanes implements AutoCloseable {
  /** With more examples a pass takes hardly less time for each. */
  public static final int MOST = 64;

  private final Engine engine;

  /** Who came back last goes first: what it reads and writes may still be in the cache. */
  private final List<Deque<Lane>> free;

  /** How many of each there are, also those that are in use. */
  private final AtomicIntegerArray count =
      new AtomicIntegerArray(Integer.numberOfTrailingZeros(MOST) + 1);

  private volatile QuantizedWeights quantized;
  private volatile boolean closed;

  public Lanes(Engine engine) {
    this.engine = engine;
    free =
        IntStream.rangeClosed(0, Integer.numberOfTrailingZeros(MOST))
            .<Deque<Lane>>mapToObj(i -> new ConcurrentLinkedDeque<>())
            .toList();
  }

  /** From now on products are computed with weights in 8 bits, or no longer. */
  public void quantize(boolean some) {
    if (some != (quantized != null)) {
      QuantizedWeights before = quantized;
      quantized = some ? new QuantizedWeights() : null;
      drain();
      if (before != null) {
        before.close();
      }
    }
  }

  /** Whether products are computed with weights in 8 bits. */
  public boolean areQuantized() {
    return quantized != null;
  }

  /**
   * How many of so many examples are answered at once: the largest power of two; with weights in 8
   * bits one, as what comes of an example would depend on the others.
   */
  public int together(int examples) {
    return quantized == null ? atOnce(examples) : 1;
  }

  /** The largest power of two. */
  static int atOnce(int examples) {
    return Integer.highestOneBit(Math.min(examples, MOST));
  }

  /**
   * Answers queries, all in one pass.
   *
   * @param queries 1, 2, 4 … 64
   */
  public void answer(List<? extends Lane.Query> queries) {
    engine.read(
        () -> {
          Lane lane = take(Integer.numberOfTrailingZeros(queries.size()));
          try {
            lane.answer(queries);
          } finally {
            giveBack(lane);
          }
        });
  }

  /** One that nobody else has. */
  private Lane take(int size) {
    if (closed) {
      throw new IllegalStateException("this predictor is closed");
    }
    QuantizedWeights wanted = engine.device().type() == Device.Type.CPU ? quantized : null;
    Lane lane = free.get(size).pollFirst();
    if (lane != null && !lane.fits(wanted)) {
      close(lane); // the model has moved
      closeOthers(size, wanted);
      lane = null;
    }
    if (lane == null) {
      lane = new Lane(engine, 1 << size, wanted);
      count.incrementAndGet(size);
    }
    return lane;
  }

  /** Who came back last goes first, so that the others might not be asked for again. */
  private void closeOthers(int size, QuantizedWeights wanted) {
    Deque<Lane> some = free.get(size);
    for (Lane lane : some) {
      if (!lane.fits(wanted) && some.remove(lane)) {
        close(lane);
      }
    }
  }

  private void giveBack(Lane lane) {
    free.get(Integer.numberOfTrailingZeros(lane.rows())).addFirst(lane);
    if (closed) {
      drain();
    }
  }

  private void close(Lane lane) {
    count.decrementAndGet(Integer.numberOfTrailingZeros(lane.rows()));
    lane.close();
  }

  private void drain() {
    for (Deque<Lane> some : free) {
      for (Lane lane = some.pollFirst(); lane != null; lane = some.pollFirst()) {
        close(lane);
      }
    }
  }

  /**
   * Makes as many lanes as others have, and has each answer once, so that nobody who asks later has
   * to wait for that.
   *
   * @param others of another model
   * @param question any
   */
  public void beLike(Lanes others, Lane.Query question) {
    engine.read(
        () -> {
          List<Lane> lanes = new ArrayList<>();
          try {
            for (int size = 0; size < count.length(); size++) {
              for (int i = 0; i < others.count.get(size); i++) {
                lanes.add(take(size));
              }
            }
            lanes.forEach(lane -> lane.answer(Collections.nCopies(lane.rows(), question)));
          } finally {
            lanes.forEach(this::giveBack);
          }
        });
  }

  /** Frees all lanes, at once or when those that are in use come back. */
  @Override
  public void close() {
    closed = true;
    drain();
    QuantizedWeights some = quantized;
    if (some != null) {
      some.close();
    }
  }
}
