package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The same numbers in the same order with other sizes, {@code torch.reshape} of each example.
 * Nothing is computed, and nothing copied where numbers lie in order.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *)}, output {@code (N, sizes…)} with as many numbers. {@link Flatten} and {@link
 * Unflatten} say the same of some dimensions.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network(input = 784) @Reshape({1, 28, -1}) @Conv2d(value = 8, kernelSize = 3)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Reshape.Repeated.class)
public @interface Reshape {
  /**
   * The sizes of an example, without the batch; one may be −1 and is inferred.
   *
   * @return at least 1 each, or −1
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
    Reshape[] value();
  }
}
