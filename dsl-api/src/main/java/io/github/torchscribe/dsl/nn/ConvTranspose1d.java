package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Transposed convolution, {@code torch.nn.ConvTranspose1d}: the gradient of a {@link Conv1d} with
 * respect to its input, which makes sequences longer.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, L)}, output {@code (N, C_out, L_out)} with L_out = (L − 1)·stride − 2·padding
 * + dilation·(kernelSize − 1) + outputPadding + 1. Parameters: weight {@code (C, C_out/groups,
 * kernel…)} and bias {@code (C_out)}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @ConvTranspose1d(value = {64, 32}, kernelSize = 2, stride = 2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(ConvTranspose1d.Repeated.class)
public @interface ConvTranspose1d {
  /**
   * The channels: {@code {in, out}}, or out alone, where in is inferred.
   *
   * @return one or two sizes of at least 1
   */
  int[] value();

  /**
   * The size of the kernel: one number.
   *
   * @return at least 1
   */
  int[] kernelSize();

  /**
   * How far the kernel moves.
   *
   * @return at least 1
   */
  int[] stride() default 1;

  /**
   * How much is cut off on each side.
   *
   * @return at least 0
   */
  int[] padding() default 0;

  /**
   * How much larger the output is on one side, to choose among the sizes that the same convolution
   * maps to one.
   *
   * @return at least 0, less than stride or dilation
   */
  int[] outputPadding() default 0;

  /**
   * The distance between the kernel's elements.
   *
   * @return at least 1
   */
  int[] dilation() default 1;

  /**
   * Into how many groups the channels are divided, each with kernels of its own.
   *
   * @return a divisor of both numbers of channels
   */
  int groups() default 1;

  /**
   * Whether a bias is added to each output channel.
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
    ConvTranspose1d[] value();
  }
}
