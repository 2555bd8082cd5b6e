package io.github.torchscribe.runtime.metric;

/** How often each class is taken for each. */
public final class ConfusionMatrix extends FromCounts {
  ConfusionMatrix() {
    super("confusion matrix", Counts::accuracy);
  }

  /**
   * The table.
   *
   * @return a row for each right class, in it a count for each predicted one
   */
  public long[][] counts() {
    return all().table();
  }
}
