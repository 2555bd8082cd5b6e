package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A network or block as a part of another: its layers stand here. A network's loss, optimizer and
 * training settings play no part; a {@link Residual} of it does. Each use has parameters of its
 * own, named as in {@code nn.Sequential(..., Block(), Block(), ...)}, or as {@link Named} says.
 *
 * <h2>Shape</h2>
 *
 * Takes what the used network takes, or for a {@link Block} whatever arrives, and gives what it
 * gives.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Conv2d(value = {1, 32}, kernelSize = 3, padding = Conv2d.SAME)
 * @Use(value = Basic.class, sizes = 32, times = 4)
 * @AdaptiveAvgPool2d(1) @Flatten @Linear({32, 10})
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Use.Repeated.class)
public @interface Use {
  /**
   * The used network or block.
   *
   * @return an interface with {@link Network} or {@link Block}
   */
  Class<?> value();

  /**
   * The sizes of a block that has some.
   *
   * @return what {@link Size#A}, {@link Size#B} and so on are in it, in this order, exactly as many
   *     as it has; inside a block they may be sizes of that
   */
  int[] sizes() default {};

  /**
   * How many of them stand one after the other.
   *
   * @return at least 1
   */
  int times() default 1;

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
    Use[] value();
  }
}
