package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Smooth rectifier, {@code torch.nn.Softplus}, element by element: y = ln(1 + e^(β·x)) / β, and y =
 * x where β·x exceeds the threshold.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *)}, output the same.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({784, 200}) @Softplus(beta = 2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Softplus.Repeated.class)
public @interface Softplus {
  /**
   * β; the larger, the closer to ReLU.
   *
   * @return a finite number above 0
   */
  double beta() default 1;

  /**
   * Where the function is replaced by the identity, for numerical stability, in units of β·x.
   *
   * @return a finite number
   */
  double threshold() default 20;

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
    Softplus[] value();
  }
}
