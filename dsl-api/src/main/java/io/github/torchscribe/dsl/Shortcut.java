package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What stands beside the layers of a {@link Residual} network: y = g(x) + f(x), with g another
 * network, whose parameters are named {@code shortcut.…}.
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
@Target(ElementType.TYPE)
public @interface Shortcut {
  /**
   * The network g.
   *
   * @return an interface with {@link Network}
   */
  Class<?> value();
}
