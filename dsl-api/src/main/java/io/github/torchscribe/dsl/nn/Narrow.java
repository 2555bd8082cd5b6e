package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes some places of a dimension that follow each other, {@code torch.narrow}: x[:, …,
 * start:start + length, …].
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, …, S, …)}, output {@code (N, …, length, …)}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Narrow(dim = 1, start = -8, length = 8)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Narrow.Repeated.class)
public @interface Narrow {
  /**
   * The dimension, counted with the batch as 0; negative numbers count from the end.
   *
   * @return not 0: the batch stays
   */
  int dim();

  /**
   * The first place that is taken, from 0; negative numbers count from the end.
   *
   * @return from −S to S − 1, and length places from the end
   */
  int start();

  /**
   * How many are taken.
   *
   * @return at least 1
   */
  int length();

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
    Narrow[] value();
  }
}
