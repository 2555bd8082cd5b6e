package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A layer of your own: what the static method {@code forward} of a class makes of its input. It
 * stands where PyTorch's layers do; or on an annotation of your own, which then is the layer.
 * Libtorch's autograd differentiates it, and nothing else of the network.
 *
 * <p>Behind the input the method takes, by their names, what the layer learns, each a {@code
 * Tensor}, and members of your annotation: whole numbers and fractions, truth values, texts,
 * constants of enums, and arrays of numbers, truth values and texts. A parameter {@code boolean
 * training} is true while training. Gradients flow through libtorch's operations on what the method
 * is given; it must not change that in place.
 *
 * <p>Shapes, and the numbers with which parameters begin, are texts in which names can be computed
 * with by {@code + - * /}: a member of your annotation, or a size of the input that {@link #input}
 * gives a name. The batch is not counted; {@code "..."} stands for any more sizes.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, *)}, output the same unless {@link #output} says otherwise.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Layer(
 *     value = Swish.class,
 *     input = "C",
 *     learned = @Layer.Learned(name = "beta", shape = "C", val = "init"))
 * public @interface LearnedSwish {
 *   double init() default 1;
 * }
 *
 * public final class Swish {
 *   static Tensor forward(Tensor input, Tensor beta) {
 *     return input.mul(input.mul(beta).sigmoid());
 *   }
 * }
 *
 * @Linear({784, 200}) @LearnedSwish(init = 1.5) @Linear(10)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Layer.Repeated.class)
public @interface Layer {
  /**
   * Whose method {@code forward} it is.
   *
   * @return a class of yours, which the network's package can see
   */
  Class<?> value();

  /**
   * The input's shape. A new name stands for a size of whatever arrives, anything else for a size
   * that has to arrive.
   *
   * @return for example {@code {"C", "H", "W"}}; empty where the layer takes any shape
   */
  String[] input() default {};

  /**
   * The output's shape. What the method gives is looked at as it runs.
   *
   * @return for example {@code {"C / groups", "..."}}; empty where it is the input's
   */
  String[] output() default {};

  /**
   * What the layer learns.
   *
   * @return the parameters, in their order in the state dict
   */
  Learned[] learned() default {};

  /**
   * Whether the layer does with each place of a sequence, the first dimension of an example, the
   * same without looking at the others, so that it is still known behind it which are padding.
   *
   * @return {@code false} unless stated otherwise
   */
  boolean keepsPlaces() default false;

  /**
   * Whether workers may divide a batch among them: only where each row of the output comes from its
   * row of the input alone, and nothing is random.
   *
   * @return {@code false} unless stated otherwise
   */
  boolean divisible() default false;

  /** How a parameter begins, as in {@code torch.nn.init}; {@code @Init} changes nothing of it. */
  enum Begins {
    /** All are {@link Learned#val}. */
    CONSTANT,
    /** Drawn from the normal distribution of {@link Learned#mean} and {@link Learned#std}. */
    NORMAL,
    /** Drawn evenly from {@link Learned#a} to {@link Learned#b}. */
    UNIFORM,
    /** By {@code kaiming_uniform_} with {@link Learned#a}; at least two dimensions. */
    KAIMING_UNIFORM,
    /** By {@code kaiming_normal_}; at least two dimensions. */
    KAIMING_NORMAL,
    /** By {@code xavier_uniform_}; at least two dimensions. */
    XAVIER_UNIFORM,
    /** By {@code xavier_normal_}; at least two dimensions. */
    XAVIER_NORMAL
  }

  /** A parameter that a layer learns. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target({})
  @interface Learned {
    /**
     * The parameter's name in the state dict, and in {@code forward}.
     *
     * @return letters, digits and underscores
     */
    String name();

    /**
     * Its shape.
     *
     * @return empty for a single number
     */
    String[] shape() default {};

    /**
     * How it begins.
     *
     * @return a constant unless stated otherwise
     */
    Begins begins() default Begins.CONSTANT;

    /**
     * The constant.
     *
     * @return 0 unless stated otherwise
     */
    String val() default "0";

    /**
     * The mean of the normal distribution.
     *
     * @return 0 unless stated otherwise
     */
    String mean() default "0";

    /**
     * The standard deviation of the normal distribution.
     *
     * @return 1 unless stated otherwise
     */
    String std() default "1";

    /**
     * Where the uniform distribution begins; of {@code kaiming_uniform_} the slope below zero.
     *
     * @return 0 unless stated otherwise
     */
    String a() default "0";

    /**
     * Where the uniform distribution ends.
     *
     * @return 1 unless stated otherwise
     */
    String b() default "1";
  }

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
    Layer[] value();
  }
}
