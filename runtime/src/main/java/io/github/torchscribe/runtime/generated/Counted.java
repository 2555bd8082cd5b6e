package io.github.torchscribe.runtime.generated;

/**
 * The targets of a batch that count in the loss, which is a mean over them.
 *
 * @param targets how many there are
 * @param counting how many of them the loss does not ignore
 * @param weight what those weigh together: the mean is a sum over this
 */
public record Counted(long targets, long counting, double weight) {
  /** A batch for which there are no targets, or of which each example counts once. */
  public static Counted examples(long n) {
    return new Counted(n, n, n);
  }

  /** Whether the loss ignores some. */
  public boolean leavesOut() {
    return counting < targets;
  }
}
