package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.file.State;
import java.io.IOException;
import java.util.OptionalDouble;

/** Changes the learning rate as training goes on, {@code torch.optim.lr_scheduler}. */
public abstract class Schedule {
  private final boolean everyStep;

  /**
   * A schedule.
   *
   * @param everyStep whether t counts the optimizer's steps; otherwise epochs
   */
  protected Schedule(boolean everyStep) {
    this.everyStep = everyStep;
  }

  /**
   * Whether t counts the optimizer's steps.
   *
   * @return otherwise epochs
   */
  public final boolean isEveryStep() {
    return everyStep;
  }

  /**
   * A run begins.
   *
   * @param steps how many it has in all
   */
  public void begin(long steps) {}

  /**
   * Whether rates depend on how many steps the run has.
   *
   * @return then a run that goes on must have as many
   */
  public boolean isOfWholeRun() {
    return false;
  }

  /**
   * The learning rate.
   *
   * @param base the optimizer's own, or what schedules before this one make of it
   * @param t how many steps, or epochs, have been done
   * @return the rate of the next one
   */
  public abstract double rate(double base, long t);

  /**
   * The momentum.
   *
   * @param t how many steps, or epochs, have been done
   * @return of the next one; empty where it stays as it is
   */
  public OptionalDouble momentum(long t) {
    return OptionalDouble.empty();
  }

  /**
   * Puts what the schedule remembers into a state; most remember nothing.
   *
   * @param state takes it
   */
  public void save(State state) {}

  /**
   * Goes on from a state.
   *
   * @param state of the same schedule
   * @throws IOException when it is of another
   */
  public void restore(State state) throws IOException {}

  /**
   * An epoch was evaluated.
   *
   * @param testLoss the loss on the test data
   */
  public void observe(double testLoss) {}
}
