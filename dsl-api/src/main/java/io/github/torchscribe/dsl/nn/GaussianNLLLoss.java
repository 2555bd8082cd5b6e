package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How unlikely the targets are where the network says a mean and a variance for each, {@code
 * torch.nn.GaussianNLLLoss}, averaged over all of them:
 *
 * <p>loss = mean of ½·( ln v + (m − y)² / v ) with v = max(variance, eps)
 *
 * <p>It stands on a method without layers, whose parameters are the values that it reads.
 *
 * <h2>Shape</h2>
 *
 * Two values of one shape, {@code (N, *)}: means, and variances, of which none may be below 0, or
 * the step is refused with an {@link IllegalArgumentException}; targets of the same shape, 32-bit
 * floats; loss a single number. The gradient of a variance below eps is the one at eps, as in
 * PyTorch.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear(1) Tensor mean(Tensor body);
 * @Linear(1) @Softplus Tensor variance(Tensor body);
 * @GaussianNLLLoss Tensor price(Tensor mean, Tensor variance);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(GaussianNLLLoss.Repeated.class)
public @interface GaussianNLLLoss {
  /**
   * Whether what does not depend on the output, ½·ln 2π, is part of the loss.
   *
   * @return false unless stated otherwise
   */
  boolean full() default false;

  /**
   * The least variance.
   *
   * @return above 0
   */
  double eps() default 1e-6;

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
    GaussianNLLLoss[] value();
  }
}
