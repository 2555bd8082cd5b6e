package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.file.State;
import java.io.IOException;

/**
 * The lowest loss on the test data until now, and the weights that had it where they are wanted.
 */
final class BestSoFar implements AutoCloseable {
  private final Engine engine;
  private final boolean keepsWeights;
  private double lowest = Double.POSITIVE_INFINITY;
  private int withoutProgress;
  private Weights weights;

  BestSoFar(Engine engine, boolean keepsWeights) {
    this.engine = engine;
    this.keepsWeights = keepsWeights;
  }

  /** Whether this is the lowest loss until now; then the weights are copied. */
  boolean judge(double loss) {
    if (loss < lowest) {
      lowest = loss;
      withoutProgress = 0;
      if (keepsWeights) {
        if (weights == null) {
          weights = engine.state().copyOfWeights();
        } else {
          engine.state().copyTo(weights);
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
      engine.state().restore(weights);
    }
  }

  /** Puts all into a state; tensors belong to the scope. */
  void save(State state) {
    state.put("lowest", lowest);
    state.put("withoutProgress", withoutProgress);
    if (weights != null) {
      engine.state().putWeights(state.part("model"), weights);
    }
  }

  void restore(State state) throws IOException {
    lowest = state.number("lowest");
    withoutProgress = (int) state.whole("withoutProgress");
    State saved = state.part("model");
    if (engine.blueprint().slots().stream().anyMatch(slot -> saved.has(slot.name()))) {
      weights = engine.state().weightsFrom(saved);
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
