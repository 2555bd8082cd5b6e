package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The difference of two values, {@code torch.sub}: y = x₁ − x₂.
 *
 * <p>It stands first on a method with several parameters, of which each is a value, or right behind
 * {@code @Branches}; values meet in the order written.
 *
 * <h2>Shape</h2>
 *
 * Inputs, exactly two, {@code (N, …)} of one rank, whose sizes are the same or 1, in each
 * dimension; output the largest sizes. What has size 1 is read again for each place of the other.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Subtract @Linear({64, 1})
 * Tensor distance(Tensor left, Tensor right);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Subtract.Repeated.class)
public @interface Subtract {
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
    Subtract[] value();
  }
}
