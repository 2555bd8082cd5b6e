package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes images larger by what lies in their channels, {@code torch.nn.PixelShuffle}: out[n, c, h·r
 * + i, w·r + j] = in[n, c·r² + i·r + j, h, w]. Source: Shi et al., 2016.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, C·r², H, W)}, output {@code (N, C, H·r, W·r)}.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Conv2d(value = 12, kernelSize = 3, padding = Conv2d.SAME) @PixelShuffle(2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(PixelShuffle.Repeated.class)
public @interface PixelShuffle {
  /**
   * r (upscale_factor): how many times as high and wide.
   *
   * @return at least 1
   */
  int value();

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
    PixelShuffle[] value();
  }
}
