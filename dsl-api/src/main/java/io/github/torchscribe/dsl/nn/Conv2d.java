package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Convolution, {@code torch.nn.Conv2d}: out[n, k] = bias[k] + Σ_c weight[k, c] ⋆ in[n, c], with ⋆
 * the cross-correlation over two dimensions.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, H, W)}, output {@code (N, C_out, H_out, W_out)} with H_out = ⌊(H + 2·padding
 * − dilation·(kernelSize − 1) − 1) / stride⌋ + 1, W_out likewise. Parameters: weight {@code (C_out,
 * C/groups, kernel…)} and bias {@code (C_out)}, from U(−b, b) with b = 1/√(C/groups·kernel).
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Conv2d(value = {1, 32}, kernelSize = 3, padding = Conv2d.SAME)
 * @Conv2d(value = 64, kernelSize = 3, stride = 2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Conv2d.Repeated.class)
public @interface Conv2d {
  /** As {@code padding}: as many zeros as keep the input's size. Needs stride 1. */
  int SAME = -1;

  /**
   * The channels: {@code {in, out}}, or out alone, where in is inferred.
   *
   * @return one or two sizes of at least 1
   */
  int[] value();

  /**
   * The size of the kernel: one number for all directions, or one for each.
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
   * Zeros around the input; {@link #SAME} keeps the input's size.
   *
   * <p>There is no {@code CAUSAL} as {@link Conv1d} has it: only a sequence has a before. Zeros on
   * some sides alone are put there by {@link ZeroPad2d}.
   *
   * @return at least 0, or SAME
   */
  int[] padding() default 0;

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
    Conv2d[] value();
  }
}
