package io.github.torchscribe.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an interface to be a neural network: the layers written on it, from top to bottom, are
 * applied one after the other, as in {@code torch.nn.Sequential}; or those on its methods, each of
 * which is a value that others take.
 *
 * <p>For {@code interface Mlp} the class {@code MlpModel} is generated into the same package; it is
 * public when the interface is. Parameters carry the names that {@code nn.Sequential} would give
 * them: the position of the layer in the stack, counted from 0, then the parameter, as in {@code
 * 1.weight}.
 *
 * <h2>Wired methods</h2>
 *
 * A method without body and with layers on it is a value. Each of its parameters takes the value it
 * is called like: that of another method, or the network's input, which {@link Input} marks and
 * shapes ({@link From} where a parameter cannot be called so). A method with several parameters
 * begins with how they meet: {@code @Concat}, {@code @Add}, {@code @Multiply}, {@code @Subtract},
 * {@code @MatMul}. They meet in the order of the parameters. The network's output is the value with
 * the loss on its method; a loss on the interface is that of the one value that no other takes.
 *
 * <p>The order of methods does not matter to what is computed. They are put in an order in which
 * each follows those that it takes, and else stay as written; parameters have this order, and in it
 * the initial weights of a seed are drawn. Written in the order in which PyTorch's {@code __init__}
 * makes its modules, methods get PyTorch's numbers.
 *
 * <pre>{@code
 * @Network
 * @Adam
 * public interface UNet {
 *   @Conv2d(value = {1, 32}, kernelSize = 3, padding = Conv2d.SAME) @ReLU
 *   Tensor fine(@Input({1, 64, 64}) Tensor image);
 *
 *   @MaxPool2d(2) @Conv2d(value = {32, 64}, kernelSize = 3, padding = Conv2d.SAME) @ReLU
 *   Tensor coarse(Tensor fine);
 *
 *   @Upsample(scaleFactor = 2) @Conv2d(value = {64, 32}, kernelSize = 1)
 *   Tensor up(Tensor coarse);
 *
 *   @Concat @Conv2d(value = {64, 32}, kernelSize = 3, padding = Conv2d.SAME) @ReLU
 *   Tensor both(Tensor up, Tensor fine);
 *
 *   @Conv2d(value = {32, 2}, kernelSize = 1) @CrossEntropyLoss
 *   Tensor mask(Tensor both);
 * }
 * }</pre>
 *
 * <p>Parameters carry the method's name, as PyTorch's modules their attribute's: one layer on a
 * method is that layer, {@code mask.weight}; several are an {@code nn.Sequential}, {@code
 * fine.0.weight}. How values meet takes no position. So a second layer on a method renames the
 * first's parameters, unless {@link Named} says what it is called.
 *
 * <h2>A forward of one's own</h2>
 *
 * For what no wire says, the user's own {@code forward}, a default method, says how the methods
 * with layers are put together; its gradient comes from libtorch's autograd. Parameters carry the
 * method's name, as in {@code encode.1.weight}. A stack takes what {@link Input} states, or what
 * its first layer states, or else the network's input.
 *
 * <pre>{@code
 * @Network(input = {1, 28, 28})
 * @CrossEntropyLoss
 * public interface Branches {
 *   @Flatten @Linear(200) @ReLU Tensor encode(Tensor x);
 *   @Linear({200, 200}) @Sigmoid Tensor gate(Tensor x);
 *   @Linear({200, 10}) Tensor head(Tensor x);
 *
 *   default Tensor forward(Tensor x) {
 *     Tensor code = encode(x);
 *     return head(code.mul(gate(code)));
 *   }
 * }
 * }</pre>
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, input…)}, output {@code (N, …)} of the last layer; N, the number of examples in
 * a batch, is free at run time.
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network(input = {1, 28, 28})
 * @Flatten
 * @Linear(10)
 * public interface Softmax {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Network {
  /**
   * The shape of one example, without the batch dimension: {@code {1, 28, 28}} for MNIST's images,
   * {@code {4}} for four features. Every size is at least 1. A network must state it, here or,
   * where its methods are wired, by {@link Input}.
   *
   * @return the sizes, outermost first
   */
  int[] input() default {};

  /**
   * The shape of one output, where the user's own {@code forward} gives it.
   *
   * @return what the last stack gives unless stated otherwise
   */
  int[] output() default {};

  /**
   * Where gradients come from.
   *
   * @return {@link Gradient#GENERATED} unless stated otherwise
   */
  Gradient gradient() default Gradient.GENERATED;

  /**
   * Whether the gradient of the input that is stated here is computed, as {@link
   * Input#requiresGrad} says it of others.
   *
   * @return {@code false} unless stated otherwise
   */
  boolean requiresGrad() default false;

  /**
   * Whether the network writes texts: then the model has code besides that computes a text position
   * by position and remembers what attention needs of those before, and the runtime's {@code
   * TextGenerator} writes with it. The network takes indices {@code (N, L)}, gives scores {@code
   * (N, L, V)} for each next one, with V at most the number of indices, and no place of it may
   * depend on those after it: {@code @SelfAttention(causal = true)}.
   *
   * @return {@code false} unless stated otherwise
   */
  boolean generates() default false;

  /** The two ways to get a network's gradient. */
  enum Gradient {
    /** A backward pass is written out at compile time; no tape is built while training. */
    GENERATED,
    /** libtorch's autograd records the forward pass and differentiates it, as PyTorch does. */
    AUTOGRAD
  }
}
