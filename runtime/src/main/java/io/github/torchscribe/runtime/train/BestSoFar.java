package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.engine.EngineState;
import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.generated.Weights;
import java.io.IOException;

/**
 * The lowest loss on the test data until now, and the weights that had it where they are wanted.
 */
final class BestSoFar implements AutoCloseable {
  private final Engine engine;
  private final EngineState state;
  private final boolean keepsWeights;
  private double lowest = Double.POSITIVE_INFINITY;
  private int withoutProgress;
  private Weights weights;

  BestSoFar(Engine engine, boolean keepsWeights) {
    this.engine = engine;
    state = new EngineState(engine);
    this.keepsWeights = keepsWeights;
  }

  /** Whether this is the lowest loss until now; then the weights are copied. */
  boolean judge(double loss) {
    if (loss < lowest) {
      lowest = loss;
      withoutProgress = 0;
      if (keepsWeights) {
        if (weights == null) {
          weights = state.copyOfWeights();
        } else {
          state.copyTo(weights);
        }
      }
      return true;
    }
    withoutProgress++;
    return false;
  }

  /** How many epochs there have been since the best one. */
  int withoutProgress() {
    return withoutProgress;
  }

  /** Gives the model the best weights, where they were kept. */
  void giveBack() {
    if (weights != null) {
      state.restore(weights);
    }
  }

  /** Puts all into a state; tensors belong to the scope. */
  void save(State into) {
    into.put("lowest", lowest);
    into.put("withoutProgress", withoutProgress);
    if (weights != null) {
      state.putWeights(into.part("model"), weights);
    }
  }

  void restore(State from) throws IOException {
    lowest = from.number("lowest");
    withoutProgress = (int) from.whole("withoutProgress");
    State saved = from.part("model");
    if (engine.network().slots().stream().anyMatch(slot -> saved.has(slot.name()))) {
      weights = state.weightsFrom(saved);
    }
  }

  @Override
  public void close() {
    if (weights != null) {
      weights.close();
      weights = null;
    }
  }
}
