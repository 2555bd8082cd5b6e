package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean of each window of a sequence, {@code torch.nn.AvgPool1d}.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, L)}, output {@code (N, C, L_out)} with L_out = ⌊(L + 2·padding − value) /
 * stride⌋ + 1; rounded up with ceilMode.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @AvgPool1d(4)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(AvgPool1d.Repeated.class)
public @interface AvgPool1d {
  /**
   * The size of the window (kernel_size).
   *
   * @return one number of at least 1
   */
  int[] value();

  /**
   * How far the window moves; the window's size unless stated otherwise.
   *
   * @return one number of at least 1
   */
  int[] stride() default {};

  /**
   * Zeros on both sides.
   *
   * @return from 0 to half the window
   */
  int[] padding() default 0;

  /**
   * Whether a window may hang over the end.
   *
   * @return false unless stated otherwise
   */
  boolean ceilMode() default false;

  /**
   * Whether the zeros around count in the mean.
   *
   * @return true unless stated otherwise
   */
  boolean countIncludePad() default true;

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
    AvgPool1d[] value();
  }
}
