package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code torch.nn.SmoothL1Loss}, averaged over all outputs of the batch: with d = x − y, loss =
 * d²/(2·beta) where |d| &lt; beta, otherwise |d| − beta/2. Source: Girshick, 2015.
 *
 * <h2>Shape</h2>
 *
 * Network output {@code (N, *)}; targets of the same shape, 32-bit floats; loss a single number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({64, 4})
 * @SmoothL1Loss
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(SmoothL1Loss.Repeated.class)
public @interface SmoothL1Loss {
  /**
   * Where the parabola meets the lines.
   *
   * @return a finite number above 0
   */
  double beta() default 1;

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
    SmoothL1Loss[] value();
  }
}
