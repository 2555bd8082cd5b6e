package io.github.torchscribe.runtime.optim;

/** {@code torch.optim.lr_scheduler.CosineAnnealingWarmRestarts}: half a cosine again and again. */
public final class CosineAnnealingWarmRestarts extends Schedule {
  private final long t0;
  private final long tMult;
  private final double etaMin;

  /**
   * A schedule.
   *
   * @param t0 how long the first period lasts
   * @param tMult how many times as long each next period lasts
   * @param etaMin where each period ends
   * @param everyStep whether t counts the optimizer's steps; otherwise epochs
   */
  public CosineAnnealingWarmRestarts(long t0, long tMult, double etaMin, boolean everyStep) {
    super(everyStep);
    this.t0 = t0;
    this.tMult = tMult;
    this.etaMin = etaMin;
  }

  @Override
  public double rate(double base, long t) {
    long gone = t;
    long period = t0;
    while (gone >= period) {
      gone -= period;
      period *= tMult;
    }
    return etaMin + (base - etaMin) * (1 + Math.cos(Math.PI * gone / period)) / 2;
  }
}
