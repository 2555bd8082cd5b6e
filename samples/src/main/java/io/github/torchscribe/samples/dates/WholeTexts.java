package io.github.torchscribe.samples.dates;

import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.metric.Outcome;

/**
 * The share of texts that are right from beginning to end, each character being asked for behind
 * what is right. Greedy decoding gets the same texts right: as long as it makes no mistake, what is
 * right is what it has written.
 */
final class WholeTexts implements Metric {
  private long right;
  private long all;

  @Override
  public String name() {
    return "exact";
  }

  @Override
  public void reset() {
    right = 0;
    all = 0;
  }

  @Override
  public void update(Outcome batch) {
    for (int begin = 0; begin < batch.right().length; begin += Translator.WRITTEN) {
      boolean whole = true;
      for (int i = begin; i < begin + Translator.WRITTEN; i++) {
        whole &= batch.predicted()[i] == batch.right()[i];
      }
      right += whole ? 1 : 0;
      all++;
    }
  }

  @Override
  public double value() {
    return (double) right / all;
  }
}
