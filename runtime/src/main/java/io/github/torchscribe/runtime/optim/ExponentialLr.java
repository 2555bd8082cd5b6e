package io.github.torchscribe.runtime.optim;

/** {@code torch.optim.lr_scheduler.ExponentialLR}: base · gamma^t. */
public final class ExponentialLr extends Schedule {
  private final double gamma;

  /**
   * A schedule.
   *
   * @param gamma the factor
   * @param everyStep whether t counts the optimizer's steps; otherwise epochs
   */
  public ExponentialLr(double gamma, boolean everyStep) {
    super(everyStep);
    this.gamma = gamma;
  }

  @Override
  public double rate(double base, long t) {
    return base * Math.pow(gamma, t);
  }
}
