package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a parameter of a method with layers takes: an input of the network, with its shape.
 *
 * <p>In a network of wired methods: this parameter is an input of the network, which is called like
 * it, and here is its shape. It is written once: other methods take the input by that name, without
 * this annotation. A network has as many inputs as there are such names; datasets, batches and
 * predictors know them by these. Where it has but one, {@link Network#input} may state the shape
 * instead. In a {@link Block} it is not stated: {@code @Input Tensor x} is whatever arrives.
 * Without this annotation there is one input, {@code input}.
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
 * @Network
 * public interface Taste {
 *   @Embedding({6040, 32})
 *   Tensor user(@Input(indices = 6040) Tensor userId);
 *
 *   @Embedding({3706, 32})
 *   Tensor film(@Input(indices = 3706) Tensor filmId);
 *
 *   @Concat @Linear({64, 1}) @MSELoss
 *   Tensor rating(Tensor user, Tensor film);
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
   * @return sizes of at least 1, outermost first; none where the network states them, or where an
   *     example is one index
   */
  int[] value() default {};

  /**
   * That the input is indices, and how many there are to choose from: they are counted from 0. A
   * layer that looks something up, such as {@link io.github.torchscribe.dsl.nn.Embedding}, says so,
   * too; here it is said where an example is a single index, which has no shape, and where fewer
   * may occur than the layer's table has.
   *
   * @return a count of at least 1; 0, which is no count, unless stated otherwise
   */
  int indices() default 0;

  /**
   * Whether the gradient of the input is computed, {@code requires_grad}: after a step backward
   * {@code model.inputGradient()} has it. Only where the input is numbers.
   *
   * @return {@code false} unless stated otherwise: where nothing learns before, nothing is computed
   */
  boolean requiresGrad() default false;
}
