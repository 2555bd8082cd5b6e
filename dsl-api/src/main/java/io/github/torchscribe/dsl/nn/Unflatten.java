package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One dimension becomes several, {@code torch.nn.Unflatten}; the opposite of {@link Flatten}.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, …, S, …)}, output {@code (N, …, sizes…, …)} with S the product of the sizes.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({32, 784}) @Unflatten({1, 28, 28})
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Unflatten.Repeated.class)
public @interface Unflatten {
  /**
   * The new sizes (unflattened_size); one may be −1 and is inferred.
   *
   * @return at least 1 each, or −1
   */
  int[] value();

  /**
   * Which dimension; the batch is dimension 0, negative ones count from the end.
   *
   * @return not 0
   */
  int dim() default 1;

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
    Unflatten[] value();
  }
}
