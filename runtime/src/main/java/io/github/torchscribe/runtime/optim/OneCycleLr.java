package io.github.torchscribe.runtime.optim;

import java.util.OptionalDouble;

/** {@code torch.optim.lr_scheduler.OneCycleLR}, with two phases. */
public final class OneCycleLr extends Schedule {
  private final double maxLr;
  private final double pctStart;
  private final boolean cosine;
  private final double first;
  private final double last;
  private final OptionalDouble baseMomentum;
  private final double maxMomentum;
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
    this(maxLr, pctStart, cosine, divFactor, finalDivFactor, OptionalDouble.empty(), 0);
  }

  /**
   * A schedule under which the momentum goes the other way.
   *
   * @param maxLr the peak
   * @param pctStart the share of the run that the rise takes
   * @param cosine whether rise and fall follow a cosine; otherwise a line
   * @param divFactor how many times less than the peak the beginning is
   * @param finalDivFactor how many times less than the beginning the end is
   * @param baseMomentum at the peak
   * @param maxMomentum at both ends
   */
  public OneCycleLr(
      double maxLr,
      double pctStart,
      boolean cosine,
      double divFactor,
      double finalDivFactor,
      double baseMomentum,
      double maxMomentum) {
    this(
        maxLr,
        pctStart,
        cosine,
        divFactor,
        finalDivFactor,
        OptionalDouble.of(baseMomentum),
        maxMomentum);
  }

  private OneCycleLr(
      double maxLr,
      double pctStart,
      boolean cosine,
      double divFactor,
      double finalDivFactor,
      OptionalDouble baseMomentum,
      double maxMomentum) {
    super(true);
    this.baseMomentum = baseMomentum;
    this.maxMomentum = maxMomentum;
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
  public boolean isOfWholeRun() {
    return true;
  }

  @Override
  public double rate(double base, long t) {
    double peak = peak();
    return t <= peak ? between(first, maxLr, t / peak) : between(maxLr, last, sinceThePeak(t));
  }

  @Override
  public OptionalDouble momentum(long t) {
    if (baseMomentum.isEmpty()) {
      return OptionalDouble.empty();
    }
    double peak = peak();
    double base = baseMomentum.getAsDouble();
    return OptionalDouble.of(
        t <= peak
            ? between(maxMomentum, base, t / peak)
            : between(base, maxMomentum, sinceThePeak(t)));
  }

  private double peak() {
    return pctStart * steps - 1;
  }

  private double sinceThePeak(long t) {
    return Math.min(1, (t - peak()) / (steps - 1 - peak()));
  }

  private double between(double from, double to, double share) {
    return cosine
        ? to + (from - to) / 2 * (1 + Math.cos(Math.PI * share))
        : from + (to - from) * share;
  }
}
