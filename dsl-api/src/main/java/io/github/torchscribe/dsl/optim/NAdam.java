package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Adam with Nesterov's momentum, {@code torch.optim.NAdam} (Dozat, 2016). In step t, with gradient
 * g of parameter p, and M the product of all μ so far:
 *
 * <pre>
 * g ← g + weightDecay·p
 * μ = β₁·(1 − 0.96^(t·momentumDecay)/2), μ′ the same for t + 1
 * m ← β₁·m + (1 − β₁)·g
 * v ← β₂·v + (1 − β₂)·g²
 * p ← p − lr · [(1 − μ)/(1 − M)·g + μ′/(1 − M·μ′)·m] / (√(v/(1 − β₂ᵗ)) + eps)
 * </pre>
 *
 * <h2>Shape</h2>
 *
 * Works on all parameters of the network at once.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @NAdam(lr = 2e-3)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(NAdam.Repeated.class)
public @interface NAdam {
  /**
   * The learning rate.
   *
   * @return a finite number above 0
   */
  double lr() default 2e-3;

  /**
   * The shares of the gradient's mean and of its mean square that are kept in each step.
   *
   * @return two numbers from 0 to less than 1
   */
  double[] betas() default {0.9, 0.999};

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
   * How fast the momentum rises.
   *
   * @return at least 0
   */
  double momentumDecay() default 4e-3;

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
    NAdam[] value();
  }
}
