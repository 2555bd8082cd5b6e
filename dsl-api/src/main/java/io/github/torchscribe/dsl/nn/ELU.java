package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Exponential linear unit, {@code torch.nn.ELU}, element by element: y = x where x &gt; 0,
 * otherwise α·(e^x − 1). Source: Clevert, Unterthiner, Hochreiter, 2015.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *)}, output the same.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({784, 200}) @ELU
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(ELU.Repeated.class)
public @interface ELU {
  /**
   * α: what y falls to as −α.
   *
   * @return a finite number of at least 0
   */
  double alpha() default 1;

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
    ELU[] value();
  }
}
