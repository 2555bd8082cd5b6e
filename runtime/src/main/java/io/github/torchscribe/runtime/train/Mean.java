package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.file.State;
import java.io.IOException;

/** The mean of the losses of an epoch's steps. A loss that is no number is none. */
final class Mean {
  private int measured;
  private double sum;

  void add(float loss) {
    if (Float.isFinite(loss)) {
      sum += loss;
      measured++;
    }
  }

  /** NaN where there is none. */
  double value() {
    return sum / measured;
  }

  boolean isEmpty() {
    return measured == 0;
  }

  void clear() {
    measured = 0;
    sum = 0;
  }

  void save(State state) {
    state.put("measured", measured);
    state.put("sum", sum);
  }

  void restore(State state) throws IOException {
    measured = (int) state.whole("measured");
    sum = state.number("sum");
  }
}
