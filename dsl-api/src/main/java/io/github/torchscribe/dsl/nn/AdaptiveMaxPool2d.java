package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The largest value of windows that are chosen so that the output has the wanted size, {@code
 * torch.nn.AdaptiveMaxPool2d}: along each direction window i reaches from ⌊i·in/out⌋ to ⌈(i +
 * 1)·in/out⌉.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, H, W)}, output {@code (N, C, height, width)}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @AdaptiveMaxPool2d(1) @Flatten @Linear(10)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(AdaptiveMaxPool2d.Repeated.class)
public @interface AdaptiveMaxPool2d {
  /**
   * The output's size: one number, or {height, width}.
   *
   * @return at least 1
   */
  int[] value();

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
    AdaptiveMaxPool2d[] value();
  }
}
