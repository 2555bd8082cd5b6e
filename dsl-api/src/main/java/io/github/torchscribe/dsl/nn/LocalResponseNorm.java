package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Local response normalisation, {@code torch.nn.LocalResponseNorm}: y[c] = x[c] / (k + alpha/size ·
 * Σ x[c′]²)^beta over the size channels c′ around c, from c − ⌊size/2⌋ on; channels that are not
 * there count as 0. Source: Krizhevsky et al., 2012.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, L)}, {@code (N, C, H, W)} or {@code (N, C, D, H, W)}, output the same.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Conv2d(value = 96, kernelSize = 11, stride = 4) @ReLU @LocalResponseNorm(5)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(LocalResponseNorm.Repeated.class)
public @interface LocalResponseNorm {
  /**
   * How many channels are looked at (size).
   *
   * @return at least 1
   */
  int value();

  /**
   * What the mean of the squares is multiplied by.
   *
   * @return a finite number of at least 0
   */
  double alpha() default 1e-4;

  /**
   * The exponent.
   *
   * @return a finite number of at least 0
   */
  double beta() default 0.75;

  /**
   * Is added to it.
   *
   * @return above 0
   */
  double k() default 1;

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
    LocalResponseNorm[] value();
  }
}
