package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * States what a stack on a method takes, where it is neither the network's input nor said by the
 * stack's first layer.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
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
   * @return sizes of at least 1, outermost first
   */
  int[] value();
}
