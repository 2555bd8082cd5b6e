package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Leaky rectified linear unit, {@code torch.nn.LeakyReLU}, element by element: y = x for x &gt; 0,
 * otherwise a·x with a = {@link #negativeSlope()}.
 *
 * <p>Maas et al., <em>Rectifier nonlinearities improve neural network acoustic models</em>, 2013.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *)}, output the same.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({784, 200}) @LeakyReLU(negativeSlope = 0.2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(LeakyReLU.Repeated.class)
public @interface LeakyReLU {
  /**
   * The slope a for negative x.
   *
   * @return a finite number
   */
  double negativeSlope() default 0.01;

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
    LeakyReLU[] value();
  }
}
