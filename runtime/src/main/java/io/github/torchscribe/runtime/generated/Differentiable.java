package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.torch.Shapes;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Functions that libtorch's autograd can differentiate, where libtorch itself has none in one. */
abstract class Differentiable extends Workbench {
  /**
   * Dropout.
   *
   * @param input (n, …)
   * @param keep the probability with which an element stays
   * @param mask the shape of what is dropped or stays as one, without the batch dimension
   * @return a differentiable tensor
   */
  protected final Tensor dropped(Tensor input, double keep, long... mask) {
    if (!isTraining()) {
      return input;
    }
    Tensor noise = filled(0, Shapes.batch(input.size(0), mask));
    return input.mul(noise.bernoulli_(keep, generator()).div_(new Scalar(keep)));
  }

  /**
   * Counts a batch, while training.
   *
   * @param input of a layer that counts
   * @param count a single number
   * @return the input
   */
  protected final Tensor counted(Tensor input, Tensor count) {
    // Not the tensor itself: running means lie in the same memory, and autograd keeps those.
    countBatch(count.variable_data());
    return input;
  }

  /**
   * Multi-head self-attention.
   *
   * @param input (n, L, E)
   * @param inWeight (3E, E): makes queries, keys and values of it
   * @param inBias (3E), or undefined
   * @param outWeight (E, E): is applied to what was attended to
   * @param outBias (E), or undefined
   * @param heads how many
   * @param causal whether a place sees only what is not after it
   * @return (n, L, E)
   */
  protected static Tensor selfAttention(
      Tensor input,
      Tensor inWeight,
      Tensor inBias,
      Tensor outWeight,
      Tensor outBias,
      long heads,
      boolean causal) {
    long length = input.size(1);
    long width = input.size(2);
    Tensor projected =
        torch.linear(input, inWeight, inBias).view(-1, length, 3, heads, width / heads);
    Tensor attended =
        torch.scaled_dot_product_attention(
            projected.select(2, 0).transpose(1, 2),
            projected.select(2, 1).transpose(1, 2),
            projected.select(2, 2).transpose(1, 2),
            new TensorOptional(),
            0,
            causal,
            new DoubleOptional(),
            false);
    return torch.linear(attended.transpose(1, 2).reshape(-1, length, width), outWeight, outBias);
  }

  /**
   * Long short-term memory, from zeros.
   *
   * @param input (n, L, E)
   * @param sequence whether all hidden states are wanted, or the last
   * @param layers how many are stacked
   * @param bidirectional whether there are two directions
   * @param bias whether there are biases
   * @param parameters in PyTorch's order
   * @return (n, L, H) or (n, H); twice H where it is bidirectional
   */
  protected static Tensor lstm(
      Tensor input,
      boolean sequence,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    Tensor zeros = zeros(input, layers, bidirectional, parameters);
    T_TensorTensorTensor_T states =
        torch.lstm(
            input,
            new TensorVector(zeros, zeros),
            new TensorVector(parameters),
            bias,
            layers,
            0,
            true,
            bidirectional,
            true);
    return sequence ? states.get0() : last(states.get1(), bidirectional);
  }

  /**
   * A gated recurrent unit, from zeros.
   *
   * @param input (n, L, E)
   * @param sequence whether all hidden states are wanted, or the last
   * @param layers how many are stacked
   * @param bidirectional whether there are two directions
   * @param bias whether there are biases
   * @param parameters in PyTorch's order
   * @return (n, L, H) or (n, H); twice H where it is bidirectional
   */
  protected static Tensor gru(
      Tensor input,
      boolean sequence,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    T_TensorTensor_T states =
        torch.gru(
            input,
            zeros(input, layers, bidirectional, parameters),
            new TensorVector(parameters),
            bias,
            layers,
            0,
            true,
            bidirectional,
            true);
    return sequence ? states.get0() : last(states.get1(), bidirectional);
  }

  /** The hidden states before the first place; the second parameter maps one to the gates. */
  private static Tensor zeros(
      Tensor input, long layers, boolean bidirectional, Tensor... parameters) {
    long directions = bidirectional ? 2 : 1;
    long[] shape = {layers * directions, input.size(0), parameters[1].size(1)};
    return torch.zeros(shape, input.options());
  }

  /** The last hidden state of the last layer, both directions' beside each other. */
  private static Tensor last(Tensor states, boolean bidirectional) {
    long directions = bidirectional ? 2 : 1;
    Tensor ofLastLayer = states.narrow(0, states.size(0) - directions, directions);
    return ofLastLayer.transpose(0, 1).flatten(1, 2);
  }
}
