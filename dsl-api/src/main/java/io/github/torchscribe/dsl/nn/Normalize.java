package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Vectors of length 1, {@code torch.nn.functional.normalize}: y = x / max(‖x‖ₚ, eps), with the norm
 * over one dimension. Nothing is learned. Products of what comes behind are cosines.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *)}, output the same.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @MeanOver(dim = 1) @Normalize
 * Tensor embedding(Tensor words);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Normalize.Repeated.class)
public @interface Normalize {
  /**
   * Which norm: 2 is the length, 1 the sum of magnitudes.
   *
   * @return a finite number of at least 1
   */
  double p() default 2;

  /**
   * The dimension, counted with the batch as 0; negative numbers count from the end.
   *
   * @return not 0
   */
  int dim() default 1;

  /**
   * What a vector is divided by at least: one of zeros stays as it is.
   *
   * @return above 0
   */
  double eps() default 1e-12;

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
    Normalize[] value();
  }
}
