package io.github.torchscribe.runtime.search;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What came of a trial.
 *
 * @param trial its number, counted from 1; where the same settings were tried for more epochs, the
 *     same
 * @param seed that it had
 * @param epochs that it had
 * @param settings by their names, in the order in which they were declared
 * @param value what it came to; empty where it failed
 * @param message why it failed; empty where it did not
 * @param seconds it took
 */
public record TrialOutcome(
    int trial,
    long seed,
    int epochs,
    Map<String, Object> settings,
    OptionalDouble value,
    String message,
    double seconds) {
  /** Copies the settings. */
  public TrialOutcome {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** Orders those that came to a value; 0 and −0 are the same. */
  static Comparator<TrialOutcome> bestFirst(boolean higherIsBetter) {
    Comparator<TrialOutcome> byValue =
        Comparator.comparing(outcome -> outcome.value().getAsDouble() + 0.0);
    return higherIsBetter ? byValue.reversed() : byValue;
  }
}
