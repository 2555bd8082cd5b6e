package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is alike shall point the same way, what is not shall not, {@code
 * torch.nn.CosineEmbeddingLoss}, averaged over the batch:
 *
 * <p>loss = mean of 1 − cos(a, b) where y is 1, of max(0, cos(a, b) − margin) where y is −1
 *
 * <p>It stands on a method without layers, whose parameters are the values that it reads. Targets
 * are called like that method.
 *
 * <h2>Shape</h2>
 *
 * Two values {@code (N, E)}; targets {@code (N)}, 32-bit floats, each 1 or −1; loss a single
 * number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @CosineEmbeddingLoss
 * Tensor likeness(Tensor left, Tensor right);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(CosineEmbeddingLoss.Repeated.class)
public @interface CosineEmbeddingLoss {
  /**
   * How alike may be what is not.
   *
   * @return from −1 to 1
   */
  double margin() default 0;

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
    CosineEmbeddingLoss[] value();
  }
}
