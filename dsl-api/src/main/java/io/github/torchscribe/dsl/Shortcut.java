package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What stands beside the layers of a {@link Residual} network: y = g(x) + f(x), with g another
 * network or block, whose parameters are named {@code shortcut.…}, or as {@link Named} before it
 * says. It goes with {@code @Residual}, wherever it stands itself.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network(input = {16, 28, 28})
 * @Residual @Shortcut(Halve.class)
 * @Conv2d(value = {16, 32}, kernelSize = 3, stride = 2, padding = 1) @BatchNorm2d @ReLU
 * @Conv2d(value = 32, kernelSize = 3, padding = Conv2d.SAME) @BatchNorm2d
 * interface Down {}
 *
 * @Network(input = {16, 28, 28})
 * @Conv2d(value = {16, 32}, kernelSize = 1, stride = 2) @BatchNorm2d
 * interface Halve {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Shortcut {
  /**
   * The network or block g.
   *
   * @return an interface with {@link Network} or {@link Block}
   */
  Class<?> value();

  /**
   * The sizes of g, where it is a block that has some.
   *
   * @return what {@link Size#A}, {@link Size#B} and so on are in it, in this order
   */
  int[] sizes() default {};
}
