package io.github.torchscribe.runtime.optim;

/** {@code torch.optim.lr_scheduler.ConstantLR}: a smaller rate at first. */
public final class ConstantLr extends Schedule {
  private final double factor;
  private final long totalIters;

  /**
   * A schedule.
   *
   * @param factor the factor at the beginning
   * @param totalIters how long it takes
   * @param everyStep whether t counts the optimizer's steps; otherwise epochs
   */
  public ConstantLr(double factor, long totalIters, boolean everyStep) {
    super(everyStep);
    this.factor = factor;
    this.totalIters = totalIters;
  }

  @Override
  public double rate(double base, long t) {
    return t < totalIters ? base * factor : base;
  }
}
