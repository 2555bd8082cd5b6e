package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The product of values, element by element, {@code torch.mul}: y = x₁ · x₂ · …. With it gates are
 * written: a squeeze-and-excitation block (Hu et al., 2018) multiplies {@code (N, C, H, W)} by
 * {@code (N, C, 1, 1)}, a gated linear unit (Dauphin et al., 2017) one half of the features by the
 * other.
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
 * @Multiply
 * Tensor scaled(Tensor image, Tensor gate);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Multiply.Repeated.class)
public @interface Multiply {
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
    Multiply[] value();
  }
}
