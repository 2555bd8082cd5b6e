package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The learning rate falls in steps, {@code torch.optim.lr_scheduler.StepLR}. Several schedules on
 * one network multiply, as with {@code ChainedScheduler}.
 *
 * <pre>
 * lr = base · gamma^⌊t / stepSize⌋
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
 * @StepLR(stepSize = 30)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(StepLR.Repeated.class)
public @interface StepLR {
  /**
   * How long a step lasts.
   *
   * @return at least 1
   */
  int stepSize();

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
    StepLR[] value();
  }
}
