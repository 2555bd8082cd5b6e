package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The learning rate falls at milestones, {@code torch.optim.lr_scheduler.MultiStepLR}. Several
 * schedules on one network multiply, as with {@code ChainedScheduler}.
 *
 * <pre>
 * lr = base · gamma^(number of milestones ≤ t)
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
 * @MultiStepLR({30, 80})
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(MultiStepLR.Repeated.class)
public @interface MultiStepLR {
  /**
   * When it falls (milestones).
   *
   * @return at least 1, ascending
   */
  int[] value();

  /**
   * The factor of each step.
   *
   * @return above 0
   */
  double gamma() default 0.1;

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
    MultiStepLR[] value();
  }
}
