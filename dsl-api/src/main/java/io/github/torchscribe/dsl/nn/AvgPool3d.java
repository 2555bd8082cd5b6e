package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean of each window, {@code torch.nn.AvgPool3d}.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, D, H, W)}, output {@code (N, C, D_out, H_out, W_out)} with D_out = ⌊(D +
 * 2·padding − value) / stride⌋ + 1, H_out and W_out likewise; rounded up with ceilMode.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @AvgPool3d(2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(AvgPool3d.Repeated.class)
public @interface AvgPool3d {
  /**
   * The size of the window (kernel_size): one number, or {depth, height, width}.
   *
   * @return at least 1, at most what the input is without padding
   */
  int[] value();

  /**
   * How far the window moves; the window's size unless stated otherwise.
   *
   * @return at least 1
   */
  int[] stride() default {};

  /**
   * Zeros around the input.
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
   * Whether padded zeros count when the mean is taken.
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
    AvgPool3d[] value();
  }
}
