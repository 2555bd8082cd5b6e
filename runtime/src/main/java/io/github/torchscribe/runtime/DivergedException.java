package io.github.torchscribe.runtime;

import java.util.Locale;
import java.util.OptionalLong;

/** The loss is no longer a finite number; training has stopped. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int epoch;
  private final long step;

  DivergedException(
      String network, int epoch, long step, float loss, double lr, OptionalLong example) {
    super(
        String.format(
            Locale.ROOT,
            "%s: the loss became %s in epoch %d, step %d (learning rate %s). %s",
            network,
            loss,
            epoch,
            step,
            lr,
            example.isPresent()
                ? "Example "
                    + example.getAsLong()
                    + " of the training data, counted from 0, has NaN or infinity in it; mend it"
                : "Try a smaller learning rate, for example "
                    + (float) (lr / 10)
                    + "; check that the inputs are normalised"));
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
