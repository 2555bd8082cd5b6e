package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes one dimension of several, {@code torch.nn.Flatten}. Nothing is computed and nothing copied.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, d₁, …, dₖ)}, output {@code (N, d₁·…·dₖ)} with the defaults; otherwise the
 * dimensions from {@link #startDim()} to {@link #endDim()} become one. Dimension 0 is the batch.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network(input = {1, 28, 28}) @Flatten @Linear({784, 10})
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Flatten.Repeated.class)
public @interface Flatten {
  /**
   * The first dimension that is merged, counted with the batch as 0; negative numbers count from
   * the end.
   *
   * @return at least 1: the batch stays
   */
  int startDim() default 1;

  /**
   * The last dimension that is merged; negative numbers count from the end.
   *
   * @return not before {@link #startDim()}
   */
  int endDim() default -1;

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
    Flatten[] value();
  }
}
