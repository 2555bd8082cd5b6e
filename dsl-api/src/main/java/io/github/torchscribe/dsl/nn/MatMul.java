package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The product of two values as matrices, for each example by itself, {@code torch.matmul}: y = x₁ ·
 * x₂, that is y[n, …, a, c] = Σᵦ x₁[n, …, a, b] · x₂[n, …, b, c].
 *
 * <p>It stands first on a method with several parameters, of which each is a value, or right behind
 * {@code @Branches}; values meet in the order written.
 *
 * <h2>Shape</h2>
 *
 * Inputs, exactly two, {@code (N, …, A, B)} and {@code (N, …, B, C)}, the dimensions before the
 * last two being the same; output {@code (N, …, A, C)}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @MatMul
 * Tensor mixed(Tensor weights, Tensor values);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(MatMul.Repeated.class)
public @interface MatMul {
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
    MatMul[] value();
  }
}
