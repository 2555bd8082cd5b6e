package io.github.torchscribe.runtime.optim;

/** {@code torch.optim.lr_scheduler.PolynomialLR}: a fall to 0. */
public final class PolynomialLr extends Schedule {
  private final long totalIters;
  private final double power;

  /**
   * A schedule.
   *
   * @param totalIters how long it takes
   * @param power 1 for a line
   * @param everyStep whether t counts the optimizer's steps; otherwise epochs
   */
  public PolynomialLr(long totalIters, double power, boolean everyStep) {
    super(everyStep);
    this.totalIters = totalIters;
    this.power = power;
  }

  @Override
  public double rate(double base, long t) {
    return base * Math.pow(1 - (double) Math.min(t, totalIters) / totalIters, power);
  }
}
