package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Values one after the other along a dimension, {@code torch.cat}: y = [x₁, x₂, …].
 *
 * <p>It stands first on a method with several parameters, of which each is a value, or right behind
 * {@code @Branches}; values meet in the order written.
 *
 * <h2>Shape</h2>
 *
 * Inputs, two or more, {@code (N, …)}, which differ in dimension {@code dim} alone; output the
 * same, with the sum of their sizes there.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Concat(dim = 1) @Conv2d(value = {64, 32}, kernelSize = 3, padding = Conv2d.SAME)
 * Tensor both(Tensor up, Tensor fine);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Concat.Repeated.class)
public @interface Concat {
  /**
   * The dimension along which they stand. Dimension 0 is the batch, and stays; negative ones count
   * from the end.
   *
   * @return 1, an image's channels, unless stated otherwise
   */
  int dim() default 1;

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
    Concat[] value();
  }
}
