package io.github.torchscribe.runtime.search;

import java.nio.file.Path;
import java.util.List;

/**
 * What a search has found.
 *
 * @param outcomes of all trials, in the order in which they were tried
 * @param isComplete whether all were; false where somebody stopped the search, which goes on when
 *     it is run again
 * @param measure what values are called
 * @param higherIsBetter in which direction they get better
 * @param page with all of them
 */
public record SearchResult(
    List<TrialOutcome> outcomes,
    boolean isComplete,
    String measure,
    boolean higherIsBetter,
    Path page) {
  /** Copies the list. */
  public SearchResult {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * The best value that was seen, whatever the number of epochs, as in Hyperband.
   *
   * @return the first such
   * @throws IllegalStateException when no trial came to a value; it says why the first did not
   */
  public TrialOutcome best() {
    return outcomes.stream()
        .filter(some -> some.value().isPresent())
        .min(TrialOutcome.bestFirst(higherIsBetter))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    outcomes.isEmpty()
                        ? "nothing was tried"
                        : "all "
                            + outcomes.size()
                            + " trials failed, the first with: "
                            + outcomes.get(0).message()));
  }

  /**
   * The best ten, as a terminal shows them.
   *
   * @return lines, with the number of trials as the last
   */
  public String table() {
    return Table.of(outcomes, measure, higherIsBetter);
  }
}
