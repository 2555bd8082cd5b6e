package io.github.torchscribe.runtime.optim;

/** {@code torch.optim.lr_scheduler.StepLR}: base · gamma^⌊t / stepSize⌋. */
public final class StepLr extends Schedule {
  private final long stepSize;
  private final double gamma;

  /**
   * A schedule.
   *
   * @param stepSize how long a step lasts
   * @param gamma the factor of each step
   * @param everyStep whether t counts the optimizer's steps; otherwise epochs
   */
  public StepLr(long stepSize, double gamma, boolean everyStep) {
    super(everyStep);
    this.stepSize = stepSize;
    this.gamma = gamma;
  }

  @Override
  public double rate(double base, long t) {
    return base * Math.pow(gamma, t / stepSize);
  }
}
