package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Layer normalisation, {@code torch.nn.LayerNorm}: y = (x − E[x]) / √(Var[x] + eps) · weight +
 * bias, with mean and variance over the last dimensions of each example. Source: Ba, Kiros, Hinton,
 * 2016.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *)}, output the same. Parameters: weight (1) and bias (0) of the normalised
 * shape.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear(64) @LayerNorm(64) @GELU
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(LayerNorm.Repeated.class)
public @interface LayerNorm {
  /**
   * The normalised shape: the last dimensions of the input, checked where they are stated.
   *
   * @return the last dimension alone unless stated otherwise
   */
  int[] value() default {};

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
  boolean elementwiseAffine() default true;

  /**
   * Whether a bias is learned.
   *
   * @return true unless stated otherwise
   */
  boolean bias() default true;

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
    LayerNorm[] value();
  }
}
