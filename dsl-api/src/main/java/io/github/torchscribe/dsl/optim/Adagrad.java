package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Adagrad, {@code torch.optim.Adagrad} (Duchi, Hazan, Singer, 2011). In step t, with gradient g of
 * parameter p:
 *
 * <pre>
 * g ← g + weightDecay·p
 * s ← s + g²
 * p ← p − lr/(1 + (t − 1)·lrDecay) · g/(√s + eps)
 * </pre>
 *
 * <h2>Shape</h2>
 *
 * Works on all parameters of the network at once.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Adagrad(lr = 1e-2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(Adagrad.Repeated.class)
public @interface Adagrad {
  /**
   * The learning rate.
   *
   * @return a finite number above 0
   */
  double lr() default 1e-2;

  /**
   * How fast the learning rate falls.
   *
   * @return at least 0
   */
  double lrDecay() default 0;

  /**
   * The L2 penalty's factor.
   *
   * @return at least 0
   */
  double weightDecay() default 0;

  /**
   * Where the sums of squares begin.
   *
   * @return at least 0
   */
  double initialAccumulatorValue() default 0;

  /**
   * Added to the denominator, for numerical stability.
   *
   * @return at least 0
   */
  double eps() default 1e-10;

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
    Adagrad[] value();
  }
}
