package io.github.torchscribe.runtime.optim;

import java.util.OptionalDouble;

/** {@code torch.optim.lr_scheduler.CyclicLR}. */
public final class CyclicLr extends Schedule {
  private final double baseLr;
  private final double maxLr;
  private final long up;
  private final long down;
  private final double ofCycle;
  private final double ofStep;
  private final OptionalDouble baseMomentum;
  private final double maxMomentum;

  /**
   * A schedule.
   *
   * @param baseLr between two cycles
   * @param maxLr the peak of the first cycle
   * @param up how many steps the rise takes
   * @param down how many steps the fall takes
   * @param ofCycle what a cycle does to the height
   * @param ofStep what a step does to the height
   */
  public CyclicLr(double baseLr, double maxLr, long up, long down, double ofCycle, double ofStep) {
    this(baseLr, maxLr, up, down, ofCycle, ofStep, OptionalDouble.empty(), 0);
  }

  /**
   * A schedule under which the momentum goes the other way.
   *
   * @param baseLr between two cycles
   * @param maxLr the peak of the first cycle
   * @param up how many steps the rise takes
   * @param down how many steps the fall takes
   * @param ofCycle what a cycle does to the height
   * @param ofStep what a step does to the height
   * @param baseMomentum at the peak of the first cycle
   * @param maxMomentum between two cycles
   */
  public CyclicLr(
      double baseLr,
      double maxLr,
      long up,
      long down,
      double ofCycle,
      double ofStep,
      double baseMomentum,
      double maxMomentum) {
    this(baseLr, maxLr, up, down, ofCycle, ofStep, OptionalDouble.of(baseMomentum), maxMomentum);
  }

  private CyclicLr(
      double baseLr,
      double maxLr,
      long up,
      long down,
      double ofCycle,
      double ofStep,
      OptionalDouble baseMomentum,
      double maxMomentum) {
    super(true);
    this.baseLr = baseLr;
    this.maxLr = maxLr;
    this.up = up;
    this.down = down;
    this.ofCycle = ofCycle;
    this.ofStep = ofStep;
    this.baseMomentum = baseMomentum;
    this.maxMomentum = maxMomentum;
  }

  @Override
  public double rate(double base, long t) {
    return baseLr + (maxLr - baseLr) * height(t);
  }

  @Override
  public OptionalDouble momentum(long t) {
    return baseMomentum.isEmpty()
        ? baseMomentum
        : OptionalDouble.of(maxMomentum - (maxMomentum - baseMomentum.getAsDouble()) * height(t));
  }

  private double height(long t) {
    long cycle = t / (up + down);
    long within = t % (up + down);
    double side = within <= up ? (double) within / up : (double) (up + down - within) / down;
    return side * Math.pow(ofCycle, cycle) * Math.pow(ofStep, t);
  }
}
