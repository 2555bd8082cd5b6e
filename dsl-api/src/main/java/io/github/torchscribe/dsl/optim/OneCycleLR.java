package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The learning rate rises to its peak and falls below where it began, {@code
 * torch.optim.lr_scheduler.OneCycleLR} (Smith, Topin, 2017), over all steps of the run. The
 * optimizer's own learning rate plays no part; its momentum, Adam's β₁, goes the other way. Several
 * schedules on one network multiply, as with {@code ChainedScheduler}.
 *
 * <pre>
 * from maxLr / divFactor to maxLr in the first pctStart of all steps, then to
 * maxLr / divFactor / finalDivFactor in the last, each along half a cosine, or linearly;
 * the momentum from maxMomentum to baseMomentum and back
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
 * @OneCycleLR(maxLr = 0.1)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(OneCycleLR.Repeated.class)
public @interface OneCycleLR {
  /** The form of rise and fall. */
  enum Anneal {
    /** Half a cosine. */
    COS,
    /** A line. */
    LINEAR
  }

  /**
   * The peak.
   *
   * @return above 0
   */
  double maxLr();

  /**
   * The share of the run that the rise takes.
   *
   * @return from 0 to 1
   */
  double pctStart() default 0.3;

  /**
   * The form of rise and fall.
   *
   * @return a cosine unless stated otherwise
   */
  Anneal annealStrategy() default Anneal.COS;

  /**
   * How many times less than the peak the beginning is.
   *
   * @return above 0
   */
  double divFactor() default 25;

  /**
   * How many times less than the beginning the end is.
   *
   * @return above 0
   */
  double finalDivFactor() default 1e4;

  /**
   * Whether the momentum goes the other way.
   *
   * @return true unless stated otherwise; then the optimizer must have a momentum
   */
  boolean cycleMomentum() default true;

  /**
   * The momentum at the peak of the learning rate.
   *
   * @return from 0 to less than 1
   */
  double baseMomentum() default 0.85;

  /**
   * The momentum at both ends.
   *
   * @return from 0 to less than 1
   */
  double maxMomentum() default 0.95;

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
    OneCycleLR[] value();
  }
}
