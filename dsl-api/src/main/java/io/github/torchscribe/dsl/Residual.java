package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A residual network: y = x + f(x), with f the network's layers (He et al., 2015). Where f changes
 * the shape, {@link Shortcut} says what brings x into it.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network(input = {32, 14, 14})
 * @Residual
 * @Conv2d(value = 32, kernelSize = 3, padding = Conv2d.SAME) @BatchNorm2d @ReLU
 * @Conv2d(value = 32, kernelSize = 3, padding = Conv2d.SAME) @BatchNorm2d
 * interface Block {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Residual {}
