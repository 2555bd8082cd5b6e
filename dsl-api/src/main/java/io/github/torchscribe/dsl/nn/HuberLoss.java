package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code torch.nn.HuberLoss}, averaged over all outputs of the batch: with d = x − y, loss = d²/2
 * where |d| &lt; delta, otherwise delta·(|d| − delta/2). Source: Huber, 1964.
 *
 * <h2>Shape</h2>
 *
 * Network output {@code (N, *)}; targets of the same shape, 32-bit floats; loss a single number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({64, 1})
 * @HuberLoss(delta = 0.5)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(HuberLoss.Repeated.class)
public @interface HuberLoss {
  /**
   * Where the parabola meets the lines.
   *
   * @return a finite number above 0
   */
  double delta() default 1;

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
    HuberLoss[] value();
  }
}
