package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The learning rate follows half a cosine, {@code torch.optim.lr_scheduler.CosineAnnealingLR}
 * (Loshchilov, Hutter, 2016). Several schedules on one network multiply, as with {@code
 * ChainedScheduler}.
 *
 * <pre>
 * lr = etaMin + (base − etaMin) · (1 + cos(π·t / tMax)) / 2
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
 * @CosineAnnealingLR(tMax = 100)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(CosineAnnealingLR.Repeated.class)
public @interface CosineAnnealingLR {
  /**
   * How long the fall lasts (T_max).
   *
   * @return at least 1
   */
  int tMax();

  /**
   * Where it ends.
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
    CosineAnnealingLR[] value();
  }
}
