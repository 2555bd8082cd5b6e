package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.generated.QuantizedWeights;
import io.github.torchscribe.runtime.torch.Device;
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
  private volatile QuantizedWeights quantized;
  private volatile boolean closed;

  public Lanes(Engine engine) {
    this.engine = engine;
    free =
        IntStream.rangeClosed(0, Integer.numberOfTrailingZeros(MOST))
            .<Queue<Lane>>mapToObj(i -> new ConcurrentLinkedQueue<>())
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
    Queue<Lane> some = free.get(Integer.numberOfTrailingZeros(queries.size()));
    engine.read(
        () -> {
          if (closed) {
            throw new IllegalStateException("this predictor is closed");
          }
          QuantizedWeights wanted = engine.device().type() == Device.Type.CPU ? quantized : null;
          Lane lane = some.poll();
          if (lane != null && !lane.fits(wanted)) {
            lane.close(); // the model has moved
            lane = null;
          }
          if (lane == null) {
            lane = new Lane(engine, queries.size(), wanted);
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
    QuantizedWeights some = quantized;
    if (some != null) {
      some.close();
    }
  }
}
