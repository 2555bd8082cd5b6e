package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.data.NotFinite;
import io.github.torchscribe.runtime.generated.StatedLoss;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What may help where the loss is no longer a finite number. */
final class DivergenceAdvice {
  private DivergenceAdvice() {}

  /** An example of the training data, counted from 0, is broken. */
  static String mend(NotFinite broken) {
    return "Example "
        + broken.example()
        + " of the training data, counted from 0, has NaN or infinity in "
        + broken.where()
        + "; mend it";
  }

  /** The loss is a mean over nothing, and so is its gradient. */
  static String weighNothing() {
    return "The targets of this batch that count are of classes that weigh 0, so that there is"
        + " nothing to take the mean of: give those classes a weight, leave such examples out, or"
        + " make batches larger";
  }

  /**
   * There is nothing to learn from.
   *
   * @param loss which has nothing; an empty name where there is one
   */
  static String nothingCounts(String loss, OptionalLong ignored) {
    return "No target"
        + (loss.isEmpty() ? "" : " for " + loss)
        + " of the epoch counts: the loss ignores those that are "
        + ignored.orElseThrow()
        + ", and classes that weigh 0. Look at the data, and at what the loss says";
  }

  /** No step has been done that could have been too large. */
  static String atOnce(List<StatedLoss> losses) {
    return "Nothing has been learned yet: check that the inputs are normalised, and what "
        + losses.stream().map(StatedLoss::text).collect(Collectors.joining(", "))
        + " does with outputs and targets as they are";
  }

  /** Steps were too large. */
  static String smaller(double lr) {
    return "Try a smaller learning rate, for example "
        + (float) (lr / 10)
        + "; check that the inputs are normalised";
  }
}
