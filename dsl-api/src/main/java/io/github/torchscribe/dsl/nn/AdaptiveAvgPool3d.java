package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean of windows that are chosen so that the output has the wanted size, {@code
 * torch.nn.AdaptiveAvgPool3d}: along each direction window i reaches from ⌊i·in/out⌋ to ⌈(i +
 * 1)·in/out⌉.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, D, H, W)}, output {@code (N, C, depth, height, width)}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @AdaptiveAvgPool3d(1) @Flatten @Linear(10)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(AdaptiveAvgPool3d.Repeated.class)
public @interface AdaptiveAvgPool3d {
  /**
   * The output's size: one number, or {depth, height, width}.
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
    AdaptiveAvgPool3d[] value();
  }
}
