package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes one place of a dimension, which is gone then, {@code torch.select}: x[:, …, index, …].
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, …, S, …)} with at least two dimensions beside the batch, output the same without
 * S.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Use(value = Encoder.class, times = 6) @Select(dim = 1, index = 0) @Linear(10)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Select.Repeated.class)
public @interface Select {
  /**
   * The dimension, counted with the batch as 0; negative numbers count from the end.
   *
   * @return not 0: the batch stays
   */
  int dim();

  /**
   * Which place of it, from 0; negative numbers count from the end.
   *
   * @return from −S to S − 1
   */
  int index();

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
    Select[] value();
  }
}
