package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.layer.Numbers;
import java.util.Set;

/**
 * What a loss takes the numbers for that it reads.
 *
 * @param what for a message, such as {@code variances}
 * @param never what they cannot be
 * @param last the layer that gives such
 */
public record Reading(String what, Set<Numbers> never, String last) {
  /** Whatever arrives. */
  static final Reading ANY = new Reading("numbers", Set.of(), "");

  /** Logarithms of probabilities. */
  static final Reading LOG_PROBABILITIES =
      new Reading(
          "logarithms of probabilities", Set.of(Numbers.ANY, Numbers.PROBABILITIES), "@LogSoftmax");
}
