package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.generated.Buffers;
import io.github.torchscribe.runtime.generated.Division;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.Positions;
import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A text as a network reads it, position by position: what its layers need of those before is kept.
 * For one thread.
 *
 * <p>What is kept belongs to the weights that it was computed with. After anything that may have
 * changed them the whole text is read again.
 */
public final class Text implements AutoCloseable {
  /** With more positions in a pass each takes hardly less time, and all need memory at once. */
  private static final int AT_ONCE = 64;

  private final Engine engine;
  private final int length;
  private final int scores;
  private final long[] tokens;
  private int count;
  private int done;
  private long changes;
  private Arena memory;
  private Tensor remembered;
  private Hand one;
  private Hand several;

  /**
   * An empty text.
   *
   * @param engine of a model whose network writes texts
   */
  public Text(Engine engine) {
    this.engine = engine;
    length = (int) engine.network().signature().input().shape()[0];
    scores = (int) engine.network().signature().requireOutput().shape()[1];
    tokens = new long[length];
  }

  /** How many tokens it may have. */
  public int length() {
    return length;
  }

  /** How many tokens it has. */
  public int count() {
    return count;
  }

  /** How many scores there are for what comes next. */
  public int scores() {
    return scores;
  }

  /** Whether it is what some tokens of an array begin with. */
  public boolean isBeginningOf(long[] all, int from, int to) {
    return count <= to - from && Arrays.mismatch(tokens, 0, count, all, from, from + count) < 0;
  }

  /** Forgets all. */
  public void clear() {
    count = 0;
    done = 0;
  }

  /** Adds tokens of an array, for which there is room, to be read with what comes next. */
  public void add(long[] all, int from, int to) {
    System.arraycopy(all, from, tokens, count, to - from);
    count += to - from;
  }

  /**
   * Reads what has not been read.
   *
   * @param next receives the scores of what comes behind the last token
   */
  public void read(float... next) {
    engine.read(
        () -> {
          Pools.begin();
          try {
            Pools.take(Pools.Need.WORKERS, 1);
            readInScope(next);
          } finally {
            Pools.end();
          }
        });
  }

  private void readInScope(float... next) {
    InferenceMode mode = new InferenceMode(true);
    PointerScope scope = new PointerScope();
    try {
      if (isElsewhere(one) || isElsewhere(several)) {
        close(); // the model has moved
      }
      // Scores that are asked for again are those of the last position, which is read again.
      done = changes == engine.changes() ? Math.min(done, count - 1) : 0;
      changes = engine.changes();
      while (done < count) {
        Hand hand = hand(Math.min(AT_ONCE, count - done));
        hand.read(next);
        done += hand.rows;
      }
    } finally {
      scope.close();
      mode.close();
    }
  }

  private boolean isElsewhere(Hand hand) {
    return hand != null && !hand.buffers.fits(engine.weights());
  }

  /** What reads so many positions at once. */
  private Hand hand(int rows) {
    if (memory == null) {
      long floats = length * engine.network().floatsRemembered();
      memory =
          Arena.filledBy(
              () ->
                  remembered =
                      torch.empty(
                          new long[] {floats},
                          engine.device().options(torch.ScalarType.Float),
                          null));
    }
    if (rows == 1) {
      one = one == null ? new Hand(1) : one;
      return one;
    }
    if (several == null || several.rows != rows) {
      closeSeveral();
      several = new Hand(rows);
    }
    return several;
  }

  /** So many positions at once. */
  private final class Hand {
    private final int rows;
    private final Buffers buffers = Buffers.ofPositions(engine.network());
    private final Positions positions = engine.model().positions();
    private final Arena views;
    private Tensor host;
    private Tensor input;
    private LongPointer indices;

    Hand(int rows) {
      this.rows = rows;
      buffers.allocate(rows, engine.setting(false));
      views = Arena.filledBy(this::bind);
    }

    private void bind() {
      host = TensorSpec.indices(scores, 1).empty(rows);
      boolean onHost = engine.device().type() == Device.Type.CPU;
      input = onHost ? host : engine.device().copy(host);
      indices = host.data_ptr_long();
      buffers.take(Examples.without(input), Division.NONE);
      positions.begin(buffers, remembered, length);
    }

    void read(float... next) {
      indices.put(tokens, done, rows);
      if (input != host) {
        input.copy_(host);
      }
      Tensor last = positions.read(done).select(0, rows - 1L);
      FloatPointer numbers = Device.cpu().copy(last).data_ptr_float();
      numbers.get(next);
    }

    void close() {
      views.close();
      buffers.close();
    }
  }

  private void closeSeveral() {
    if (several != null) {
      several.close();
      several = null;
    }
  }

  /** Frees all that is kept, which is made anew where it is needed again. */
  @Override
  public void close() {
    closeSeveral();
    if (one != null) {
      one.close();
      one = null;
    }
    if (memory != null) {
      memory.close();
      memory = null;
    }
    done = 0;
  }
}
