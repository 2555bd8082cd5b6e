package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes what is alike close and what is not far, {@code torch.nn.HingeEmbeddingLoss}: the output is
 * a distance, averaged over all outputs of the batch:
 *
 * <p>loss = mean of x where y is 1, of max(0, margin − x) where y is −1
 *
 * <h2>Shape</h2>
 *
 * Network output {@code (N, *)}; targets of the same shape, 32-bit floats, each 1 or −1; loss a
 * single number.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({12, 1})
 * @Softplus
 * @HingeEmbeddingLoss
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(HingeEmbeddingLoss.Repeated.class)
public @interface HingeEmbeddingLoss {
  /**
   * How far apart is far enough.
   *
   * @return at least 0
   */
  double margin() default 1;

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
    HingeEmbeddingLoss[] value();
  }
}
