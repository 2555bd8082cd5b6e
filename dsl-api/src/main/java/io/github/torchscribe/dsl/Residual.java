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
 * <p>Where it stands decides what f is. Above all layers, f is all of them, and the sum is the
 * output. Below some, f is what stands above it, and the layers below go on with the sum: a ReLU
 * after the sum needs no network around. x is what the network, the block or the method takes; on a
 * method with several parameters it is what their meeting gave, and this stands below the meeting.
 * It takes no position in the names of parameters.
 *
 * <p>An interface has one at most, and so has a method. A second sum belongs in a {@link Block} of
 * its own, which {@link Use} puts in its place.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network(input = {32, 14, 14})
 * @Residual
 * @Conv2d(value = 32, kernelSize = 3, padding = Conv2d.SAME) @BatchNorm2d @ReLU
 * @Conv2d(value = 32, kernelSize = 3, padding = Conv2d.SAME) @BatchNorm2d
 * interface Plain {}
 *
 * @Block
 * @Conv2d(value = Size.A, kernelSize = 3, padding = Conv2d.SAME) @BatchNorm2d @ReLU
 * @Conv2d(value = Size.A, kernelSize = 3, padding = Conv2d.SAME) @BatchNorm2d
 * @Residual @ReLU
 * interface Basic {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Residual {}
