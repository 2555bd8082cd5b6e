package io.github.torchscribe.runtime.learner;

import java.util.Locale;

/** The loss is no longer a finite number; training has stopped. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int epoch;
  private final long step;

  /**
   * Says where, and what may help.
   *
   * @param network its name
   * @param epoch counted from 0
   * @param step in the epoch, counted from 0
   * @param loss what it became
   * @param lr the learning rate
   * @param advice a sentence or two
   */
  public DivergedException(
      String network, int epoch, long step, float loss, double lr, String advice) {
    super(
        String.format(
            Locale.ROOT,
            "%s: the loss became %s in epoch %d, step %d (learning rate %s). %s",
            network,
            loss,
            epoch,
            step,
            lr,
            advice));
    this.epoch = epoch;
    this.step = step;
  }

  /**
   * Where it happened.
   *
   * @return the epoch, counted from 0
   */
  public int epoch() {
    return epoch;
  }

  /**
   * Where it happened.
   *
   * @return the step in the epoch, counted from 0
   */
  public long step() {
    return step;
  }
}
