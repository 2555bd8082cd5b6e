package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Adadelta, {@code torch.optim.Adadelta} (Zeiler, 2012). In each step, with gradient g of parameter
 * p:
 *
 * <pre>
 * g ← g + weightDecay·p
 * v ← rho·v + (1 − rho)·g²
 * d = √(u + eps)/√(v + eps)·g
 * u ← rho·u + (1 − rho)·d²
 * p ← p − lr·d
 * </pre>
 *
 * <h2>Shape</h2>
 *
 * Works on all parameters of the network at once.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Adadelta
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(Adadelta.Repeated.class)
public @interface Adadelta {
  /**
   * The learning rate.
   *
   * @return a finite number above 0
   */
  double lr() default 1;

  /**
   * The share of the mean squares that is kept in each step.
   *
   * @return from 0 to 1
   */
  double rho() default 0.9;

  /**
   * Added to the denominator, for numerical stability.
   *
   * @return at least 0
   */
  double eps() default 1e-6;

  /**
   * The L2 penalty's factor.
   *
   * @return at least 0
   */
  double weightDecay() default 0;

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
    Adadelta[] value();
  }
}
