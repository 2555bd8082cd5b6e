package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gaussian error linear unit, {@code torch.nn.GELU}, element by element: y = x·Φ(x), with Φ the
 * distribution function of the standard normal distribution; or its approximation by tanh, y =
 * x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))). Source: Hendrycks, Gimpel, 2016.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *)}, output the same.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({784, 200}) @GELU
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(GELU.Repeated.class)
public @interface GELU {
  /** How Φ is computed. */
  enum Approximate {
    /** By the error function. */
    NONE,
    /** By tanh, as GPT-2 has it. */
    TANH
  }

  /**
   * How Φ is computed.
   *
   * @return exactly unless stated otherwise
   */
  Approximate approximate() default Approximate.NONE;

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
    GELU[] value();
  }
}
