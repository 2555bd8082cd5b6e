package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.optim.Optimizer;
import io.github.torchscribe.runtime.optim.Schedule;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/** Sets the learning rate before each step of a run, as the schedules say. */
final class Rates implements AutoCloseable {
  private final Optimizer optimizer;
  private final List<Schedule> schedules;
  private double base;
  private OptionalDouble momentum;
  private long steps;
  private long epochs;

  /**
   * Begins a run.
   *
   * @param all how many steps it has
   */
  Rates(Optimizer optimizer, List<Schedule> schedules, long all) {
    this.optimizer = optimizer;
    this.schedules = schedules;
    base = optimizer.learningRate();
    momentum = optimizer.momentum();
    schedules.forEach(schedule -> schedule.begin(all));
  }

  void beforeStep() {
    if (schedules.isEmpty()) {
      return;
    }
    double rate = base;
    for (Schedule schedule : schedules) {
      long t = schedule.isEveryStep() ? steps : epochs;
      rate = schedule.rate(rate, t);
      schedule.momentum(t).ifPresent(optimizer::momentum);
    }
    double atLeastZero = Math.max(rate, 0); // a cosine's end may be a rounding below
    if (atLeastZero != optimizer.learningRate()) {
      optimizer.learningRate(atLeastZero);
    }
    steps++;
  }

  void epochEnded(double testLoss) {
    epochs++;
    schedules.forEach(schedule -> schedule.observe(testLoss));
  }

  void save(State state) {
    state.put("steps", steps);
    state.put("epochs", epochs);
    state.put("base", base);
    momentum.ifPresent(own -> state.put("momentum", own));
    for (int i = 0; i < schedules.size(); i++) {
      schedules.get(i).save(state.part("schedule." + i));
    }
  }

  void restore(State state) throws IOException {
    steps = state.whole("steps");
    epochs = state.whole("epochs");
    base = state.number("base");
    if (momentum.isPresent()) {
      momentum = OptionalDouble.of(state.number("momentum"));
    }
    for (int i = 0; i < schedules.size(); i++) {
      schedules.get(i).restore(state.part("schedule." + i));
    }
  }

  /** The optimizer's own rate and momentum hold again. */
  @Override
  public void close() {
    if (!schedules.isEmpty()) {
      optimizer.learningRate(base);
      momentum.ifPresent(optimizer::momentum);
    }
  }
}
