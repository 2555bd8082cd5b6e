package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gated linear unit, {@code torch.nn.GLU}: a ⊙ σ(b), where a is the first half of a dimension and b
 * the second. Source: Dauphin et al., 2016.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, …, 2·S, …)}, output {@code (N, …, S, …)}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear(128) @GLU @Linear(10)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(GLU.Repeated.class)
public @interface GLU {
  /**
   * The dimension that is halved, counted with the batch as 0; negative numbers count from the end.
   *
   * @return not 0: the batch stays
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
    GLU[] value();
  }
}
