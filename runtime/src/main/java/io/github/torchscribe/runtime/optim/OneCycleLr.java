package io.github.torchscribe.runtime.optim;

/** {@code torch.optim.lr_scheduler.OneCycleLR}, with two phases and a momentum that stays. */
public final class OneCycleLr extends Schedule {
  private final double maxLr;
  private final double pctStart;
  private final boolean cosine;
  private final double first;
  private final double last;
  private long steps = 1;

  /**
   * A schedule.
   *
   * @param maxLr the peak
   * @param pctStart the share of the run that the rise takes
   * @param cosine whether rise and fall follow a cosine; otherwise a line
   * @param divFactor how many times less than the peak the beginning is
   * @param finalDivFactor how many times less than the beginning the end is
   */
  public OneCycleLr(
      double maxLr, double pctStart, boolean cosine, double divFactor, double finalDivFactor) {
    super(true);
    this.maxLr = maxLr;
    this.pctStart = pctStart;
    this.cosine = cosine;
    this.first = maxLr / divFactor;
    this.last = first / finalDivFactor;
  }

  @Override
  public void begin(long all) {
    steps = all;
  }

  @Override
  public double rate(double base, long t) {
    double peak = pctStart * steps - 1;
    if (t <= peak) {
      return between(first, maxLr, t / peak);
    }
    return between(maxLr, last, Math.min(1, (t - peak) / (steps - 1 - peak)));
  }

  private double between(double from, double to, double share) {
    return cosine
        ? to + (from - to) / 2 * (1 + Math.cos(Math.PI * share))
        : from + (to - from) * share;
  }
}
