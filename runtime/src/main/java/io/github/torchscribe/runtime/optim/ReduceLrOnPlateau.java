package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.file.State;
import java.io.IOException;

/** {@code torch.optim.lr_scheduler.ReduceLROnPlateau}, mode min, threshold mode rel. */
public final class ReduceLrOnPlateau extends Schedule {
  private final double factor;
  private final int patience;
  private final double threshold;
  private final int cooldown;
  private final double minLr;
  private final double eps;

  private double reduced = Double.NaN;
  private double best = Double.POSITIVE_INFINITY;
  private int bad;
  private int cooling;
  private boolean due;

  /**
   * A schedule.
   *
   * @param factor what the rate is multiplied with
   * @param patience how many epochs without progress are let pass
   * @param threshold what share of the best loss counts as progress
   * @param cooldown how many epochs after a fall are not counted
   * @param minLr where the rate stops falling
   * @param eps a change of the rate that is too small to be made
   */
  public ReduceLrOnPlateau(
      double factor, int patience, double threshold, int cooldown, double minLr, double eps) {
    super(false);
    this.factor = factor;
    this.patience = patience;
    this.threshold = threshold;
    this.cooldown = cooldown;
    this.minLr = minLr;
    this.eps = eps;
  }

  @Override
  public void observe(double testLoss) {
    if (testLoss < best * (1 - threshold)) {
      best = testLoss;
      bad = 0;
    } else {
      bad++;
    }
    if (cooling > 0) {
      cooling--;
      bad = 0;
    }
    if (bad > patience) {
      due = true;
      cooling = cooldown;
      bad = 0;
    }
  }

  @Override
  public void save(State state) {
    state.put("reduced", reduced);
    state.put("best", best);
    state.put("bad", bad);
    state.put("cooling", cooling);
    state.put("due", due ? 1 : 0);
  }

  @Override
  public void restore(State state) throws IOException {
    reduced = state.number("reduced");
    best = state.number("best");
    bad = (int) state.whole("bad");
    cooling = (int) state.whole("cooling");
    due = state.whole("due") == 1;
  }

  @Override
  public double rate(double base, long t) {
    if (Double.isNaN(reduced)) {
      reduced = base;
    }
    if (due) {
      due = false;
      double next = Math.max(reduced * factor, minLr);
      if (reduced - next > eps) {
        reduced = next;
      }
    }
    return reduced;
  }
}
