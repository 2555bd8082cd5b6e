package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts zeros around a sequence, {@code torch.nn.ZeroPad1d}, on each side as many as are stated.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, L)}, output {@code (N, C, L + left + right)}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @ZeroPad1d({2, 0}) @Conv1d(value = 32, kernelSize = 3)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(ZeroPad1d.Repeated.class)
public @interface ZeroPad1d {
  /**
   * How many zeros (padding): one number for all sides, or {left, right}: PyTorch's order, the last
   * dimension first.
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
    ZeroPad1d[] value();
  }
}
