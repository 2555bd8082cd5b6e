package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The largest value of each window of a sequence, {@code torch.nn.MaxPool1d}.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, L)}, output {@code (N, C, L_out)} with L_out = ⌊(L + 2·padding −
 * dilation·(value − 1) − 1) / stride⌋ + 1; rounded up with ceilMode.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Conv1d(value = 32, kernelSize = 3) @ReLU @MaxPool1d(2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(MaxPool1d.Repeated.class)
public @interface MaxPool1d {
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
   * Minus infinity on both sides.
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
    MaxPool1d[] value();
  }
}
