package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The learning rate grows (or falls) linearly, {@code torch.optim.lr_scheduler.LinearLR}: a
 * warm-up. Several schedules on one network multiply, as with {@code ChainedScheduler}.
 *
 * <pre>
 * lr = base · (startFactor + (endFactor − startFactor) · min(t, totalIters) / totalIters)
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
 * @LinearLR(startFactor = 0.01, totalIters = 500, every = Every.STEP)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(LinearLR.Repeated.class)
public @interface LinearLR {
  /**
   * The factor at the beginning.
   *
   * @return above 0, at most 1
   */
  double startFactor() default 1.0 / 3;

  /**
   * The factor at the end.
   *
   * @return from 0 to 1
   */
  double endFactor() default 1;

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
    LinearLR[] value();
  }
}
