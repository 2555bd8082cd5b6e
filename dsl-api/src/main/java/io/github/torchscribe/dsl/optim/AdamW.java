package io.github.torchscribe.dsl.optim;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Adam with decoupled weight decay, {@code torch.optim.AdamW} (Loshchilov, Hutter, 2017). In step
 * t, with gradient g of parameter p:
 *
 * <pre>
 * p ← p·(1 − lr·weightDecay)
 * m ← β₁·m + (1 − β₁)·g
 * v ← β₂·v + (1 − β₂)·g²       (with amsgrad the largest so far takes the place of v below)
 * p ← p − lr · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + eps)
 * </pre>
 *
 * <h2>Shape</h2>
 *
 * Works on all parameters of the network at once.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @AdamW(lr = 3e-4, weightDecay = 0.1)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(AdamW.Repeated.class)
public @interface AdamW {
  /**
   * The learning rate.
   *
   * @return a finite number above 0
   */
  double lr() default 1e-3;

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
   * The decay's factor.
   *
   * @return at least 0
   */
  double weightDecay() default 1e-2;

  /**
   * Whether the largest mean square so far is taken (Reddi, Kale, Kumar, 2018).
   *
   * @return false unless stated otherwise
   */
  boolean amsgrad() default false;

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
    AdamW[] value();
  }
}
