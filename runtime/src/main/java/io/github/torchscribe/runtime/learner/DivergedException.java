package io.github.torchscribe.runtime.learner;

import java.util.Locale;
import java.util.OptionalLong;

/** The loss is no longer a finite number; training has stopped. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int epoch;
  private final long step;

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

  /** An example of the training data, counted from 0, is broken. */
  public static String mend(long example) {
    return "Example "
        + example
        + " of the training data, counted from 0, has NaN or infinity in it; mend it";
  }

  /** The loss is a mean over nothing, and so is its gradient. */
  public static String weighNothing() {
    return "The targets of this batch that count are of classes that weigh 0, so that there is"
        + " nothing to take the mean of: give those classes a weight, leave such examples out, or"
        + " make batches larger";
  }

  /** There is nothing to learn from. */
  public static String nothingCounts(OptionalLong ignored) {
    return "No target of the epoch counts: the loss ignores those that are "
        + ignored.orElseThrow()
        + ", and classes that weigh 0. Look at the data, and at what the loss says";
  }

  /** Steps were too large. */
  public static String smaller(double lr) {
    return "Try a smaller learning rate, for example "
        + (float) (lr / 10)
        + "; check that the inputs are normalised";
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
