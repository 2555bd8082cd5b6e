package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an interface to be a part of networks: layers from top to bottom as on a {@link
 * Network}, or on methods that are wired, but without an input of its own. It takes whatever
 * arrives where it is used, by {@link Use}, {@link Branches} or {@link Shortcut}; sizes that differ
 * from use to use are {@link Size#A}, {@link Size#B} and so on.
 *
 * <p>A block has no model, no loss and no optimizer; those are the network's. What is wrong in it
 * with the sizes of a use, or with what arrives there, is reported at the block's own line, with
 * the use's name.
 *
 * <p>The input of a block with layers on methods is called {@code input}, or as the parameter is
 * that {@link Input} marks, without a shape: {@code Tensor scale(@Input Tensor x)}. What no other
 * method takes is what the block gives.
 *
 * <h2>Shape</h2>
 *
 * Takes what arrives, gives what its last layer gives.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Block
 * @Conv2d(value = {Size.A, Size.B}, kernelSize = 1, bias = false) @BatchNorm2d @ReLU
 * @Conv2d(value = Size.B, kernelSize = 3, padding = 1, bias = false) @BatchNorm2d @ReLU
 * @Conv2d(value = {Size.B, 4 * Size.B}, kernelSize = 1, bias = false) @BatchNorm2d
 * @Residual @ReLU
 * interface Bottleneck {}
 *
 * @Use(value = Bottleneck.class, sizes = {256, 64}, times = 2)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Block {}
