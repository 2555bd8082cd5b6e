package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The learning rate falls to 0 along a power, {@code torch.optim.lr_scheduler.PolynomialLR}.
 * Several schedules on one network multiply, as with {@code ChainedScheduler}.
 *
 * <pre>
 * lr = base · (1 − min(t, totalIters) / totalIters)^power
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
 * @PolynomialLR(totalIters = 50, power = 0.9)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(PolynomialLR.Repeated.class)
public @interface PolynomialLR {
  /**
   * How long it takes.
   *
   * @return at least 1
   */
  int totalIters() default 5;

  /**
   * The power.
   *
   * @return above 0; 1 is a line
   */
  double power() default 1;

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
    PolynomialLR[] value();
  }
}
