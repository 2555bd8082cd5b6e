package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Objective;
import java.util.List;
import java.util.Optional;

/**
 * A loss with the places of what it reads and writes.
 *
 * @param objective the loss, and what it is of
 * @param outputs what it reads, in order
 * @param gradients what its backward writes for each; empty where no parameter lies before that
 * @param sums what is added up when that is done: a value that several losses read gets the sum of
 *     what they give
 */
public record PlannedLoss(
    Objective objective,
    List<Buffer> outputs,
    List<Optional<Buffer>> gradients,
    List<Backward.Sum> sums) {
  /**
   * Whether there is anything that it could teach.
   *
   * @return false where no parameter lies before what it reads
   */
  public boolean teaches() {
    return gradients.stream().anyMatch(Optional::isPresent);
  }
}
