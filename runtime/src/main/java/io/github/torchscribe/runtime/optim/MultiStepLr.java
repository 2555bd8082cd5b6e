package io.github.torchscribe.runtime.optim;

import java.util.Arrays;

/** {@code torch.optim.lr_scheduler.MultiStepLR}: base · gamma^(number of milestones ≤ t). */
public final class MultiStepLr extends Schedule {
  private final double gamma;
  private final long[] milestones;

  /**
   * A schedule.
   *
   * @param gamma the factor of each step
   * @param everyStep whether t counts the optimizer's steps; otherwise epochs
   * @param milestones when the rate falls
   */
  public MultiStepLr(double gamma, boolean everyStep, long... milestones) {
    super(everyStep);
    this.gamma = gamma;
    this.milestones = milestones.clone();
  }

  @Override
  public double rate(double base, long t) {
    return base * Math.pow(gamma, Arrays.stream(milestones).filter(m -> m <= t).count());
  }
}
