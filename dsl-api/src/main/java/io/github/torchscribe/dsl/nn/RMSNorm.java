package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Root mean square normalisation, {@code torch.nn.RMSNorm}: y = x / √(mean(x²) + eps) · weight over
 * the last dimensions. Source: Zhang, Sennrich, 2019.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *)}, output the same. Parameter: weight (1) of the normalised shape.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear(64) @RMSNorm @SiLU
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(RMSNorm.Repeated.class)
public @interface RMSNorm {
  /**
   * The normalised shape: the last dimensions of the input, checked where they are stated.
   *
   * @return the last dimension alone unless stated otherwise
   */
  int[] value() default {};

  /**
   * Added to the mean square.
   *
   * @return at least 0; 0 stands for the smallest step of a 32-bit float, 2⁻²³, as PyTorch's None
   */
  double eps() default 0;

  /**
   * Whether a weight is learned.
   *
   * @return true unless stated otherwise
   */
  boolean elementwiseAffine() default true;

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
    RMSNorm[] value();
  }
}
