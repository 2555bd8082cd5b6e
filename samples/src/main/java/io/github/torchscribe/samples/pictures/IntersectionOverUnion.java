package io.github.torchscribe.samples.pictures;

import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.metric.Outcome;

/**
 * Of all pixels that are of a cell or are taken for one, the share that is both (Jaccard, 1901): 1
 * where each is right, and 0 where nothing is found, however large the ground is.
 */
final class IntersectionOverUnion implements Metric {
  private long both;
  private long either;

  @Override
  public String name() {
    return "IoU";
  }

  @Override
  public void reset() {
    both = 0;
    either = 0;
  }

  @Override
  public void update(Outcome batch) {
    for (int i = 0; i < batch.right().length; i++) {
      both += batch.predicted()[i] & batch.right()[i];
      either += batch.predicted()[i] | batch.right()[i];
    }
  }

  @Override
  public double value() {
    return (double) both / either;
  }
}
