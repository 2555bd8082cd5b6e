package io.github.torchscribe.runtime;

import java.util.Locale;

/** The loss is no longer a finite number; training has stopped. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int epoch;
  private final long step;

  DivergedException(String network, int epoch, long step, float loss, double lr) {
    super(
        String.format(
            Locale.ROOT,
            "%s: the loss became %s in epoch %d, step %d (learning rate %s). Try a smaller learning"
                + " rate, for example %s; check that the inputs hold no NaN or infinity and are"
                + " normalised",
            network,
            loss,
            epoch,
            step,
            lr,
            lr / 10));
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
