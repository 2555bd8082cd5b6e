package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts zeros around images, {@code torch.nn.ZeroPad2d}, on each side as many as are stated.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, H, W)}, output {@code (N, C, H + top + bottom, W + left + right)}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @ZeroPad2d({0, 1, 0, 1}) @Conv2d(value = 32, kernelSize = 2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(ZeroPad2d.Repeated.class)
public @interface ZeroPad2d {
  /**
   * How many zeros (padding): one number for all sides, or {left, right, top, bottom}: PyTorch's
   * order, the last dimension first.
   *
   * @return at least 0
   */
  int[] value();

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
    ZeroPad2d[] value();
  }
}
