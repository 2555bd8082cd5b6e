package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a parameter of a method with layers takes.
 *
 * <p>In a network of wired methods: this parameter is the network's input, which is called like it,
 * and here is its shape. It is written once: other methods take the input by that name, without
 * this annotation. Where {@link Network#input} states the shape, it need not be stated here. In a
 * {@link Block} it is not: {@code @Input Tensor x} is whatever arrives. Without this annotation the
 * input is called {@code input}.
 *
 * <p>In a network with a {@code forward} of its own: what the stack on the method takes, where it
 * is neither the network's input nor said by the stack's first layer.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network
 * public interface Skip {
 *   @Linear({8, 32}) @ReLU
 *   Tensor code(@Input(8) Tensor features);
 *
 *   @Concat @Linear({40, 1}) @MSELoss
 *   Tensor price(Tensor code, Tensor features);
 * }
 *
 * @Network(input = {2, 1, 28, 28}, output = 1)
 * public interface Siamese {
 *   @Flatten @Linear(128) @ReLU
 *   Tensor encode(@Input({1, 28, 28}) Tensor image);
 *   …
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface Input {
  /**
   * The shape of one example, without the batch dimension.
   *
   * @return sizes of at least 1, outermost first; none where the network states them
   */
  int[] value() default {};
}
