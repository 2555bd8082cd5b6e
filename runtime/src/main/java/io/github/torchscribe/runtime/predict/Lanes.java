package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.engine.Engine;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * The lanes of a predictor: for 1, 2, 4 … 64 examples, as many of each as were ever in use at once.
 */
public final class Lanes implements AutoCloseable {
  /** With more examples a pass takes hardly less time for each. */
  public static final int MOST = 64;

  private final Engine engine;
  private final List<Queue<Lane>> free;
  private volatile boolean closed;

  public Lanes(Engine engine) {
    this.engine = engine;
    free =
        IntStream.rangeClosed(0, Integer.numberOfTrailingZeros(MOST))
            .<Queue<Lane>>mapToObj(i -> new ConcurrentLinkedQueue<>())
            .toList();
  }

  /** How many of so many examples are answered at once: the largest power of two. */
  public static int atOnce(int examples) {
    return Integer.highestOneBit(Math.min(examples, MOST));
  }

  /**
   * Answers queries, all in one pass.
   *
   * @param queries 1, 2, 4 … 64
   */
  public void answer(List<? extends Lane.Query> queries) {
    Queue<Lane> some = free.get(Integer.numberOfTrailingZeros(queries.size()));
    engine.read(
        () -> {
          if (closed) {
            throw new IllegalStateException("this predictor is closed");
          }
          Lane lane = some.poll();
          if (lane != null && !lane.fits()) {
            lane.close(); // the model has moved
            lane = null;
          }
          if (lane == null) {
            lane = new Lane(engine, queries.size());
          }
          try {
            lane.answer(queries);
          } finally {
            some.add(lane);
            if (closed) {
              drain();
            }
          }
        });
  }

  private void drain() {
    for (Queue<Lane> some : free) {
      for (Lane lane = some.poll(); lane != null; lane = some.poll()) {
        lane.close();
      }
    }
  }

  /** Frees all lanes, at once or when those that are in use come back. */
  @Override
  public void close() {
    closed = true;
    drain();
  }
}
