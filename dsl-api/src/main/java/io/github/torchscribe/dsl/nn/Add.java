package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sum of values, {@code torch.add}: y = x₁ + x₂ + ….
 *
 * <p>It stands first on a method with several parameters, of which each is a value, or right behind
 * {@code @Branches}; values meet in the order written.
 *
 * <h2>Shape</h2>
 *
 * Inputs, two or more, {@code (N, …)} of one rank, whose sizes are the same or 1, in each
 * dimension; output the largest sizes. What has size 1 is read again for each place of the others.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Add @ReLU
 * Tensor sum(Tensor main, Tensor shortcut);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Add.Repeated.class)
public @interface Add {
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
    Add[] value();
  }
}
