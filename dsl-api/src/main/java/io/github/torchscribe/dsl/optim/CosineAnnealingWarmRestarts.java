package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The learning rate follows half a cosine again and again, {@code
 * torch.optim.lr_scheduler.CosineAnnealingWarmRestarts} (Loshchilov, Hutter, 2016). Period i lasts
 * t0·tMult^i; c is what has gone by of the one at hand, T its length. Several schedules on one
 * network multiply, as with {@code ChainedScheduler}.
 *
 * <pre>
 * lr = etaMin + (base − etaMin) · (1 + cos(π·c / T)) / 2
 * </pre>
 *
 * <h2>Shape</h2>
 *
 * Works on the learning rate of the network's optimizer.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @SGD(lr = 0.1)
 * @CosineAnnealingWarmRestarts(t0 = 10, tMult = 2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(CosineAnnealingWarmRestarts.Repeated.class)
public @interface CosineAnnealingWarmRestarts {
  /**
   * How long the first period lasts (T_0).
   *
   * @return at least 1
   */
  int t0();

  /**
   * How many times as long each next period lasts (T_mult).
   *
   * @return at least 1
   */
  int tMult() default 1;

  /**
   * Where each period ends.
   *
   * @return at least 0
   */
  double etaMin() default 0;

  /**
   * When t is counted on.
   *
   * @return after each epoch unless stated otherwise
   */
  Every every() default Every.EPOCH;

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
    CosineAnnealingWarmRestarts[] value();
  }
}
