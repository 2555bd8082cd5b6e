package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Affine map, {@code torch.nn.Linear}: y = x·Wᵀ + b.
 *
 * <p>Parameters: {@code weight} (out, in) and, with {@link #bias()}, {@code bias} (out). Both begin
 * in U(−1/√in, 1/√in) unless {@code @Init} says otherwise.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *, in)}, output {@code (N, *, out)}, where {@code *} is any number of further
 * dimensions.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Linear({784, 200})   // both sizes, checked against what arrives
 * @Linear(200)          // the input's size is inferred
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Linear.Repeated.class)
public @interface Linear {
  /**
   * {@code {in, out}}, or {@code out} alone, where the input's size is inferred.
   *
   * @return one or two sizes, each at least 1
   */
  int[] value();

  /**
   * Whether b is there and learned.
   *
   * @return {@code true} unless stated otherwise
   */
  boolean bias() default true;

  /**
   * The part whose {@code weight} this layer uses, in PyTorch {@code head.weight = tokens.weight}:
   * one value, to which the gradients of all that use it are added, and one entry in the state
   * dict, that of the part, which {@code safetensors.torch.load_model} takes in Python. It is
   * called as in the state dict; inside of a block a part of the block goes before others. Its
   * weight has the shape {@code (out, in)}, as an {@code @Embedding({out, in})} has.
   *
   * @return empty for a weight of its own
   */
  String tied() default "";

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
    Linear[] value();
  }
}
