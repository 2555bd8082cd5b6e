package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes images larger, {@code torch.nn.Upsample}.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C, H, W)}, output {@code (N, C, H·scaleFactor, W·scaleFactor)}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Upsample(scaleFactor = 2) @Conv2d(value = 16, kernelSize = 3, padding = Conv2d.SAME)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Upsample.Repeated.class)
public @interface Upsample {
  /** What stands between the pixels. */
  enum Mode {
    /** The nearest pixel. */
    NEAREST,
    /** A mean of the four nearest, weighted by their distance; align_corners is false. */
    BILINEAR
  }

  /**
   * How much larger: one number, or {height, width}.
   *
   * @return at least 1
   */
  int[] scaleFactor();

  /**
   * What stands between the pixels.
   *
   * @return the nearest pixel unless stated otherwise
   */
  Mode mode() default Mode.NEAREST;

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
    Upsample[] value();
  }
}
