package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A product of two values and a weight, {@code torch.nn.Bilinear}: y_k = x₁ᵀ · A_k · x₂ + b_k over
 * the last dimension.
 *
 * <p>It stands first on a method with several parameters, of which each is a value, or right behind
 * {@code @Branches}.
 *
 * <h2>Shape</h2>
 *
 * Inputs, exactly two, {@code (N, *, in1)} and {@code (N, *, in2)}, output {@code (N, *, out)}.
 * Parameters: weight {@code (out, in1, in2)} and bias {@code (out)}, from U(−b, b) with b = 1/√in1.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Bilinear({32, 16, 8})
 * Tensor together(Tensor left, Tensor right);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Bilinear.Repeated.class)
public @interface Bilinear {
  /**
   * {@code {in1, in2, out}}, or out alone, where the others are inferred.
   *
   * @return one or three sizes of at least 1
   */
  int[] value();

  /**
   * Whether a bias is added.
   *
   * @return true unless stated otherwise
   */
  boolean bias() default true;

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
    Bilinear[] value();
  }
}
