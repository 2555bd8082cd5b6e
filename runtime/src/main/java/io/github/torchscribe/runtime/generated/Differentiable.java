package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Functions that libtorch's autograd can differentiate, where libtorch itself has none in one. */
abstract class Differentiable extends Attentive {
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
   * Local response normalisation.
   *
   * @param input (n, C, …)
   * @param size how many channels are looked at
   * @param alpha the factor of the mean of their squares
   * @param beta the exponent
   * @param k is added
   * @return of the same shape
   */
  protected final Tensor localResponseNorm(
      Tensor input, long size, double alpha, double beta, double k) {
    Tensor squares = input.mul(input).flatten(2, -1);
    Tensor sums = neighbours(input.size(1), size, alpha / size).matmul(squares).view_as(input);
    return input.div(sums.add(new Scalar(k)).pow(new Scalar(beta)));
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

  /**
   * The same, each example to its own end.
   *
   * @param input (n, L, E)
   * @param isThere (n, L): 1, or 0 for padding
   * @param sequence whether all hidden states are wanted, 0 behind the end, or the last
   * @param layers how many are stacked
   * @param bidirectional whether there are two directions
   * @param bias whether there are biases
   * @param parameters in PyTorch's order
   * @return (n, L, H) or (n, H); twice H where it is bidirectional
   */
  protected static Tensor lstm(
      Tensor input,
      Tensor isThere,
      boolean sequence,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    Packed packed = Packed.of(input, isThere);
    Tensor zeros = zeros(input, layers, bidirectional, parameters);
    T_TensorTensorTensor_T states =
        torch.lstm(
            packed.data(),
            packed.batchSizes(),
            new TensorVector(zeros, zeros),
            new TensorVector(parameters),
            bias,
            layers,
            0,
            true,
            bidirectional);
    return sequence
        ? packed.padded(states.get0())
        : last(packed.inOrder(states.get1()), bidirectional);
  }

  /**
   * The same, each example to its own end.
   *
   * @param input (n, L, E)
   * @param isThere (n, L): 1, or 0 for padding
   * @param sequence whether all hidden states are wanted, 0 behind the end, or the last
   * @param layers how many are stacked
   * @param bidirectional whether there are two directions
   * @param bias whether there are biases
   * @param parameters in PyTorch's order
   * @return (n, L, H) or (n, H); twice H where it is bidirectional
   */
  protected static Tensor gru(
      Tensor input,
      Tensor isThere,
      boolean sequence,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    Packed packed = Packed.of(input, isThere);
    T_TensorTensor_T states =
        torch.gru(
            packed.data(),
            packed.batchSizes(),
            zeros(input, layers, bidirectional, parameters),
            new TensorVector(parameters),
            bias,
            layers,
            0,
            true,
            bidirectional);
    return sequence
        ? packed.padded(states.get0())
        : last(packed.inOrder(states.get1()), bidirectional);
  }

  /** The hidden states before the first place; the second parameter maps one to the gates. */
  static Tensor zeros(Tensor input, long layers, boolean bidirectional, Tensor... parameters) {
    long directions = bidirectional ? 2 : 1;
    long[] shape = {layers * directions, input.size(0), parameters[1].size(1)};
    return torch.zeros(shape, input.options());
  }

  /** The last hidden state of the last layer, both directions' beside each other. */
  static Tensor last(Tensor states, boolean bidirectional) {
    long directions = bidirectional ? 2 : 1;
    Tensor ofLastLayer = states.narrow(0, states.size(0) - directions, directions);
    return ofLastLayer.transpose(0, 1).flatten(1, 2);
  }
}
