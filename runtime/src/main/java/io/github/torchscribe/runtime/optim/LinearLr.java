package io.github.torchscribe.runtime.optim;

/** {@code torch.optim.lr_scheduler.LinearLR}: a linear warm-up. */
public final class LinearLr extends Schedule {
  private final double startFactor;
  private final double endFactor;
  private final long totalIters;

  /**
   * A schedule.
   *
   * @param startFactor the factor at the beginning
   * @param endFactor the factor at the end
   * @param totalIters how long it takes
   * @param everyStep whether t counts the optimizer's steps; otherwise epochs
   */
  public LinearLr(double startFactor, double endFactor, long totalIters, boolean everyStep) {
    super(everyStep);
    this.startFactor = startFactor;
    this.endFactor = endFactor;
    this.totalIters = totalIters;
  }

  @Override
  public double rate(double base, long t) {
    double done = (double) Math.min(t, totalIters) / totalIters;
    return base * (startFactor + (endFactor - startFactor) * done);
  }
}
