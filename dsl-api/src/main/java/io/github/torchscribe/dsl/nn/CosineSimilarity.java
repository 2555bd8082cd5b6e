package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How alike two values are, {@code torch.nn.CosineSimilarity}: the cosine of the angle between
 * vectors, y = x₁ · x₂ / (max(‖x₁‖, eps) · max(‖x₂‖, eps)), from −1 to 1.
 *
 * <p>It stands first on a method with several parameters, of which each is a value, or right behind
 * {@code @Branches}.
 *
 * <h2>Shape</h2>
 *
 * Inputs, exactly two of one shape, {@code (N, …)}; output without dimension {@code dim}: of {@code
 * (N, E)} one number for each example, {@code (N)}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @CosineSimilarity
 * Tensor likeness(Tensor query, Tensor article);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(CosineSimilarity.Repeated.class)
public @interface CosineSimilarity {
  /**
   * The dimension of the vectors' numbers, with the batch's as 0, or from the end.
   *
   * @return not the batch's
   */
  int dim() default 1;

  /**
   * The least length that a vector is divided by.
   *
   * @return above 0
   */
  double eps() default 1e-8;

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
    CosineSimilarity[] value();
  }
}
