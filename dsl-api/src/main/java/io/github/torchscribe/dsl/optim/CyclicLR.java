package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The learning rate goes up and down between two bounds, {@code torch.optim.lr_scheduler.CyclicLR}
 * (Smith, 2017), step by step. The optimizer's own learning rate plays no part; its momentum,
 * Adam's β₁, goes the other way. Several schedules on one network multiply, as with {@code
 * ChainedScheduler}.
 *
 * <pre>
 * lr = baseLr + (maxLr − baseLr) · h · s, where h goes from 0 to 1 in stepSizeUp steps and back to 0 in stepSizeDown,
 * and s is 1 (TRIANGULAR), 2^−cycles that are over (TRIANGULAR2) or gamma^steps that are over (EXP_RANGE);
 * momentum = maxMomentum − (maxMomentum − baseMomentum) · h · s
 * </pre>
 *
 * <h2>Shape</h2>
 *
 * Works on the learning rate of the network's optimizer.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @SGD(lr = 0.1, momentum = 0.9)
 * @CyclicLR(baseLr = 0.01, maxLr = 0.1, stepSizeUp = 500, mode = CyclicLR.Mode.TRIANGULAR2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(CyclicLR.Repeated.class)
public @interface CyclicLR {
  /** How the peaks change from cycle to cycle. */
  enum Mode {
    /** All are as high. */
    TRIANGULAR,
    /** Each is half as high as the one before. */
    TRIANGULAR2,
    /** They get lower with each step. */
    EXP_RANGE
  }

  /**
   * The rate between two cycles.
   *
   * @return at least 0
   */
  double baseLr();

  /**
   * The peak of the first cycle.
   *
   * @return above 0
   */
  double maxLr();

  /**
   * How many steps the rise takes.
   *
   * @return at least 1
   */
  int stepSizeUp() default 2000;

  /**
   * How many steps the fall takes.
   *
   * @return at least 0; 0: as many as the rise
   */
  int stepSizeDown() default 0;

  /**
   * How the peaks change.
   *
   * @return not at all unless stated otherwise
   */
  Mode mode() default Mode.TRIANGULAR;

  /**
   * What a step does to the height, with {@code EXP_RANGE}.
   *
   * @return above 0, at most 1
   */
  double gamma() default 1;

  /**
   * Whether the momentum goes the other way.
   *
   * @return true unless stated otherwise; then the optimizer must have a momentum
   */
  boolean cycleMomentum() default true;

  /**
   * The momentum at the peak of the first cycle.
   *
   * @return from 0 to less than 1
   */
  double baseMomentum() default 0.8;

  /**
   * The momentum between two cycles.
   *
   * @return from 0 to less than 1
   */
  double maxMomentum() default 0.9;

  /** Holds several, as the Java language asks; never written by hand. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target(ElementType.TYPE)
  @interface Repeated {
    /**
     * The annotations in the order written.
     *
     * @return all of them
     */
    CyclicLR[] value();
  }
}
