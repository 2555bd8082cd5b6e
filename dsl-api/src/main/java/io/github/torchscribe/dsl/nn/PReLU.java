package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Rectifier whose negative slope is learned, {@code torch.nn.PReLU}: y = x where x &gt; 0,
 * otherwise w·x. Source: He et al., 2015.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *)}, output the same.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({784, 200}) @PReLU
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(PReLU.Repeated.class)
public @interface PReLU {
  /**
   * How many slopes there are: 1, or one for each channel (dimension 1).
   *
   * @return 1 or the number of channels
   */
  int numParameters() default 1;

  /**
   * Where the slopes begin.
   *
   * @return a finite number
   */
  double init() default 0.25;

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
    PReLU[] value();
  }
}
