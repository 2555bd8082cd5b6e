package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Recurrent layers without gates, which libtorch's autograd can differentiate. */
abstract class SimpleRecurrent extends Differentiable {
  /** Libtorch's functions for batches whose examples are all as long. */
  private interface Whole {
    T_TensorTensor_T run(
        Tensor input,
        Tensor first,
        TensorVector parameters,
        boolean bias,
        long layers,
        double dropout,
        boolean training,
        boolean bidirectional,
        boolean batchFirst);
  }

  /** Those for packed ones. */
  private interface ToItsEnd {
    T_TensorTensor_T run(
        Tensor data,
        Tensor batchSizes,
        Tensor first,
        TensorVector parameters,
        boolean bias,
        long layers,
        double dropout,
        boolean training,
        boolean bidirectional);
  }

  /**
   * A recurrent layer with a hyperbolic tangent, from zeros.
   *
   * @param input (n, L, E)
   * @param sequence whether all hidden states are wanted, or the last
   * @param layers how many are stacked
   * @param bidirectional whether there are two directions
   * @param bias whether there are biases
   * @param parameters in PyTorch's order
   * @return (n, L, H) or (n, H); twice H where it is bidirectional
   */
  protected static Tensor rnnTanh(
      Tensor input,
      boolean sequence,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    Whole cell = torch::rnn_tanh;
    return read(cell, input, sequence, layers, bidirectional, bias, parameters);
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
  protected static Tensor rnnTanh(
      Tensor input,
      Tensor isThere,
      boolean sequence,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    ToItsEnd cell = torch::rnn_tanh;
    return read(cell, input, isThere, sequence, layers, bidirectional, bias, parameters);
  }

  /**
   * A recurrent layer with a rectifier, from zeros.
   *
   * @param input (n, L, E)
   * @param sequence whether all hidden states are wanted, or the last
   * @param layers how many are stacked
   * @param bidirectional whether there are two directions
   * @param bias whether there are biases
   * @param parameters in PyTorch's order
   * @return (n, L, H) or (n, H); twice H where it is bidirectional
   */
  protected static Tensor rnnRelu(
      Tensor input,
      boolean sequence,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    Whole cell = torch::rnn_relu;
    return read(cell, input, sequence, layers, bidirectional, bias, parameters);
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
  protected static Tensor rnnRelu(
      Tensor input,
      Tensor isThere,
      boolean sequence,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    ToItsEnd cell = torch::rnn_relu;
    return read(cell, input, isThere, sequence, layers, bidirectional, bias, parameters);
  }

  private static Tensor read(
      Whole cell,
      Tensor input,
      boolean sequence,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    Tensor zeros = zeros(input, layers, bidirectional, parameters);
    TensorVector all = new TensorVector(parameters);
    T_TensorTensor_T states =
        cell.run(input, zeros, all, bias, layers, 0, true, bidirectional, true);
    return sequence ? states.get0() : last(states.get1(), bidirectional);
  }

  private static Tensor read(
      ToItsEnd cell,
      Tensor input,
      Tensor isThere,
      boolean sequence,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    Packed packed = Packed.of(input, isThere);
    Tensor zeros = zeros(input, layers, bidirectional, parameters);
    TensorVector all = new TensorVector(parameters);
    T_TensorTensor_T states =
        cell.run(
            packed.data(), packed.batchSizes(), zeros, all, bias, layers, 0, true, bidirectional);
    return sequence
        ? packed.padded(states.get0())
        : last(packed.inOrder(states.get1()), bidirectional);
  }
}
