package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code torch.nn.Softmax} over one dimension: y = e^x / Σ e^x. Not needed before {@link
 * CrossEntropyLoss}, which takes raw scores.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *)}, output the same.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({784, 200}) @Softmax
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Softmax.Repeated.class)
public @interface Softmax {
  /**
   * Which dimension is summed over; the batch is dimension 0, negative ones count from the end.
   *
   * @return not 0
   */
  int dim() default -1;

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
    Softmax[] value();
  }
}
