package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import java.io.IOException;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The exponential moving average of what a model learns: after the first update it is what was
 * learned, after each other average ← decay·average + (1 − decay)·learned. Between the steps of a
 * run a model can have it in place of what it learns.
 */
public final class Average implements AutoCloseable {
  private final Engine engine;
  private final double decay;
  private Arena arena;
  private Tensor other; // the average, or what is learned while the model has that
  private boolean shown;

  /**
   * Of nothing yet.
   *
   * @param engine of the model
   * @param decay from 0 to less than 1
   */
  public Average(Engine engine, double decay) {
    this.engine = engine;
    this.decay = decay;
  }

  private Tensor learned() {
    return engine.weights().values();
  }

  /** An update was made. */
  void updated() {
    if (arena == null) {
      arena = Arena.filledBy(() -> other = learned().clone());
    } else {
      other.lerp_(learned(), new Scalar(1 - decay));
    }
  }

  /** Has the model the average, until {@link #hide}. */
  public void show() {
    if (!shown) {
      exchange();
      shown = true;
    }
  }

  /** Has the model what it learns, to go on with that. */
  public void hide() {
    if (shown) {
      exchange();
      shown = false;
    }
  }

  private void exchange() {
    if (arena != null) {
      engine.run(
          "averaging",
          () -> {
            Tensor before = learned().clone();
            learned().copy_(other);
            other.copy_(before);
            return null;
          });
    }
  }

  /**
   * Brings a model's weights to what others are to have of it: the average.
   *
   * @param all of the model's weights: a copy on the CPU
   */
  void putInto(Tensor all) {
    if (arena != null && !shown) {
      all.narrow(0, 0, other.numel()).copy_(other);
    }
  }

  /** Keeps what is learned: the weights that are kept are the average. */
  void save(State state) {
    if (arena != null) {
      state.put("learned", Device.cpu().duplicate(shown ? other : learned()));
    }
  }

  /** Goes on from there; the model has the average now, and has what it learns after this. */
  void restore(State state) throws IOException {
    close();
    if (state.has("learned")) {
      Tensor saved = state.tensor("learned");
      arena = Arena.filledBy(() -> other = learned().clone());
      learned().copy_(saved);
    }
  }

  @Override
  public void close() {
    shown = false;
    if (arena != null) {
      arena.close();
      arena = null;
    }
  }
}
