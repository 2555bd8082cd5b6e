package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Group normalisation, {@code torch.nn.GroupNorm}: y = (x − E[x]) / √(Var[x] + eps) · weight +
 * bias, with mean and variance over each group of channels of each example. Source: Wu, He, 2018.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, *)}, output the same. Parameters: weight (1) and bias (0), both {@code (C)}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Conv2d(value = 32, kernelSize = 3) @GroupNorm(8) @ReLU
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(GroupNorm.Repeated.class)
public @interface GroupNorm {
  /**
   * Into how many groups the channels are divided (num_groups).
   *
   * @return a divisor of the number of channels
   */
  int value();

  /**
   * Added to the variance.
   *
   * @return above 0
   */
  double eps() default 1e-5;

  /**
   * Whether weight and bias are learned.
   *
   * @return true unless stated otherwise
   */
  boolean affine() default true;

  /** Holds several, as the Java language asks; never written by hand. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @interface Repeated {
    /**
     * The annotations in the order written.
     *
     * @return all of them
     */
    GroupNorm[] value();
  }
}
