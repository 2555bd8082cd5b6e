package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts dimensions into another order, {@code torch.permute} (torchvision has it as {@code
 * ops.Permute}): for dims (p₁, …, pₖ) out[n, i₁, …, iₖ] has the size of the input's dimension pⱼ as
 * its j-th. The numbers are copied into the new order.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, d₁, …, dₖ)}, output the same sizes in the stated order. Dimension 0 is the
 * batch: it stays first and is not named.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Conv2d(value = {3, 64}, kernelSize = 16, stride = 16)
 * @Flatten(startDim = 2) @Permute({2, 1})
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Permute.Repeated.class)
public @interface Permute {
  /**
   * Which dimension comes first, second and so on (dims without the batch), counted with the batch
   * as 0; negative numbers count from the end.
   *
   * @return each dimension but the batch once
   */
  int[] value();

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
    Permute[] value();
  }
}
