package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean over one dimension, {@code torch.mean(x, dim, keepdim)}.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, …, S, …)}, output the same without S, or with 1 in its place where it is kept.
 * Only then it may be the one dimension beside the batch.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Embedding({20_000, 64}) @MeanOver(dim = 1) @Linear(2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(MeanOver.Repeated.class)
public @interface MeanOver {
  /**
   * The dimension, counted with the batch as 0; negative numbers count from the end.
   *
   * @return not 0: the batch stays
   */
  int dim();

  /**
   * Whether the dimension stays, with size 1.
   *
   * @return false unless stated otherwise
   */
  boolean keepdim() default false;

  /**
   * Whether padding is left out where it is known, as it is behind {@code @Embedding(mask = true)},
   * and the dimension is that of a sequence's places, 1.
   *
   * @return true unless stated otherwise
   */
  boolean mask() default true;

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
    MeanOver[] value();
  }
}
