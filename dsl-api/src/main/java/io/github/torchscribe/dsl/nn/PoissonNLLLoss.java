package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How unlikely counts are where the network's output is their mean, or its logarithm, {@code
 * torch.nn.PoissonNLLLoss}, in nats, averaged over all outputs of the batch:
 *
 * <p>loss = mean of e^x − y·x with {@code logInput}, otherwise of x − y·ln(x + eps)
 *
 * <p>{@code full} adds what does not depend on the output, ln y!, by Stirling's formula, where y is
 * above 1: y·ln y − y + ½·ln(2·π·y).
 *
 * <h2>Shape</h2>
 *
 * Network output {@code (N, *)}; targets of the same shape, 32-bit floats from 0 on; loss a single
 * number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({12, 1})
 * @PoissonNLLLoss
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(PoissonNLLLoss.Repeated.class)
public @interface PoissonNLLLoss {
  /**
   * Whether the output is the logarithm of the mean.
   *
   * @return true unless stated otherwise; else the output must be above 0
   */
  boolean logInput() default true;

  /**
   * Whether what does not depend on the output is part of the loss.
   *
   * @return false unless stated otherwise
   */
  boolean full() default false;

  /**
   * Keeps the logarithm finite where the output is the mean itself.
   *
   * @return above 0
   */
  double eps() default 1e-8;

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
    PoissonNLLLoss[] value();
  }
}
