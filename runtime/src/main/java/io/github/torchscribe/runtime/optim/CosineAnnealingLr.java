package io.github.torchscribe.runtime.optim;

/** {@code torch.optim.lr_scheduler.CosineAnnealingLR}: half a cosine. */
public final class CosineAnnealingLr extends Schedule {
  private final long tMax;
  private final double etaMin;

  /**
   * A schedule.
   *
   * @param tMax how long the fall lasts
   * @param etaMin where it ends
   * @param everyStep whether t counts the optimizer's steps; otherwise epochs
   */
  public CosineAnnealingLr(long tMax, double etaMin, boolean everyStep) {
    super(everyStep);
    this.tMax = tMax;
    this.etaMin = etaMin;
  }

  @Override
  public double rate(double base, long t) {
    return etaMin + (base - etaMin) * (1 + Math.cos(Math.PI * t / tMax)) / 2;
  }
}
