package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Piecewise linear tanh, {@code torch.nn.Hardtanh}, element by element: y = min(max(x, minVal),
 * maxVal).
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *)}, output the same.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({784, 200}) @Hardtanh
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Hardtanh.Repeated.class)
public @interface Hardtanh {
  /**
   * The least y.
   *
   * @return a finite number
   */
  double minVal() default -1;

  /**
   * The greatest y.
   *
   * @return a finite number above minVal
   */
  double maxVal() default 1;

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
    Hardtanh[] value();
  }
}
