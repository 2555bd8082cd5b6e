package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The largest value of each window, {@code torch.nn.MaxPool3d}.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, D, H, W)}, output {@code (N, C, D_out, H_out, W_out)} with D_out = ⌊(D +
 * 2·padding − dilation·(value − 1) − 1) / stride⌋ + 1, H_out and W_out likewise; rounded up with
 * ceilMode.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @MaxPool3d(2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(MaxPool3d.Repeated.class)
public @interface MaxPool3d {
  /**
   * The size of the window (kernel_size): one number, or {depth, height, width}.
   *
   * @return at least 1
   */
  int[] value();

  /**
   * How far the window moves; the window's size unless stated otherwise.
   *
   * @return at least 1
   */
  int[] stride() default {};

  /**
   * Minus infinity around the input.
   *
   * @return from 0 to half the window
   */
  int[] padding() default 0;

  /**
   * The distance between the window's elements.
   *
   * @return at least 1
   */
  int[] dilation() default 1;

  /**
   * Whether a window may hang over the end.
   *
   * @return false unless stated otherwise
   */
  boolean ceilMode() default false;

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
    MaxPool3d[] value();
  }
}
