package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * RMSprop, {@code torch.optim.RMSprop} (Hinton, 2012). In each step, with gradient g of parameter
 * p:
 *
 * <pre>
 * g ← g + weightDecay·p
 * v ← alpha·v + (1 − alpha)·g²
 * a ← alpha·a + (1 − alpha)·g              (centered; v − a² takes the place of v below)
 * b ← momentum·b + g/(√v + eps)
 * p ← p − lr·b
 * </pre>
 *
 * <h2>Shape</h2>
 *
 * Works on all parameters of the network at once.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @RMSprop(lr = 1e-3)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(RMSprop.Repeated.class)
public @interface RMSprop {
  /**
   * The learning rate.
   *
   * @return a finite number above 0
   */
  double lr() default 1e-2;

  /**
   * The share of the mean square that is kept in each step.
   *
   * @return from 0 to less than 1
   */
  double alpha() default 0.99;

  /**
   * Added to the denominator, for numerical stability.
   *
   * @return at least 0
   */
  double eps() default 1e-8;

  /**
   * The L2 penalty's factor.
   *
   * @return at least 0
   */
  double weightDecay() default 0;

  /**
   * The share of the last change that is kept.
   *
   * @return at least 0
   */
  double momentum() default 0;

  /**
   * Whether the gradient's variance is taken instead of its mean square.
   *
   * @return false unless stated otherwise
   */
  boolean centered() default false;

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
    RMSprop[] value();
  }
}
