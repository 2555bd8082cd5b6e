package io.github.torchscribe.dsl.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The simplest recurrent layer, {@code torch.nn.RNN} with {@code batch_first=True}: h′ = tanh(W·x +
 * b + U·h + c), or a rectifier in place of tanh, from place to place of a sequence (Elman, 1990).
 * It is written out; where examples end at places of their own, and on a GPU, its gradient comes
 * from libtorch's autograd. Over long sequences {@link GRU} and {@link LSTM} keep more of what they
 * have read.
 *
 * <p>Where it stands first on a method with two parameters, the second is the state with which it
 * begins, (N, numLayers, H): PyTorch's {@code h_0} with the batch first; twice as many where it is
 * bidirectional. Another's {@code output = Hidden.STATE} is one. With one parameter it begins with
 * zeros.
 *
 * <h2>Shape</h2>
 *
 * Input {@code (N, L, E)}, output {@code (N, H)}, the last hidden state, or {@code (N, L, H)};
 * twice H where it is bidirectional; or a state. Parameters for each layer and direction: weight_ih
 * (H, E), weight_hh (H, H), bias_ih (H), bias_hh (H), drawn from U(−1/√H, 1/√H).
 *
 * <h2>Example</h2>
 *
 * <pre>{@code
 * @Network(input = {28, 28})
 * @RNN(64) @Linear(10)
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(RNN.Repeated.class)
public @interface RNN {
  /** What makes a hidden state of a sum. */
  enum Nonlinearity {
    /** The hyperbolic tangent. */
    TANH,
    /** The rectifier. */
    RELU
  }

  /**
   * {@code {inputSize, hiddenSize}}, or hiddenSize alone.
   *
   * @return one or two sizes of at least 1
   */
  int[] value();

  /**
   * How many are stacked: each reads the hidden states of the one before.
   *
   * @return at least 1
   */
  int numLayers() default 1;

  /**
   * What makes a hidden state of a sum.
   *
   * @return tanh unless stated otherwise
   */
  Nonlinearity nonlinearity() default Nonlinearity.TANH;

  /**
   * Whether there are biases.
   *
   * @return true unless stated otherwise
   */
  boolean bias() default true;

  /**
   * Whether another goes from the end to the beginning.
   *
   * @return false unless stated otherwise
   */
  boolean bidirectional() default false;

  /**
   * What leaves the layer.
   *
   * @return {@link Hidden#LAST} unless stated otherwise
   */
  Hidden output() default Hidden.LAST;

  /**
   * Whether each example is read to its own end, which is behind its last place that is no padding,
   * where padding is known: as with {@code torch.nn.utils.rnn.pack_padded_sequence}. The last state
   * is the one at that end, and from there another direction begins; a sequence of states is 0
   * behind it.
   *
   * @return true unless stated otherwise
   */
  boolean mask() default true;

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
    RNN[] value();
  }
}
