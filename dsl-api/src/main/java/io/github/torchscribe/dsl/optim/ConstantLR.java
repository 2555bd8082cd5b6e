package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The learning rate is smaller at first, {@code torch.optim.lr_scheduler.ConstantLR}: a warm-up in
 * one step. Several schedules on one network multiply, as with {@code ChainedScheduler}.
 *
 * <pre>
 * lr = base · factor while t &lt; totalIters, then base
 * </pre>
 *
 * <h2>Shape</h2>
 *
 * Works on the learning rate of the network's optimizer.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Adam(lr = 1e-3)
 * @ConstantLR(factor = 0.1, totalIters = 200, every = Every.STEP)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(ConstantLR.Repeated.class)
public @interface ConstantLR {
  /**
   * The factor at the beginning.
   *
   * @return above 0, at most 1
   */
  double factor() default 1.0 / 3;

  /**
   * How long it takes.
   *
   * @return at least 1
   */
  int totalIters() default 5;

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
    ConstantLR[] value();
  }
}
