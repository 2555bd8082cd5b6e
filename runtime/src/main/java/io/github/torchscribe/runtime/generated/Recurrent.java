package io.github.torchscribe.runtime.generated;

import java.util.List;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Recurrent layers as functions that libtorch's autograd can differentiate. */
abstract class Recurrent extends Attentive {
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
    Hidden output = sequence ? Hidden.SEQUENCE : Hidden.LAST;
    Tensor none = new Tensor();
    return lstm(input, none, none, output, layers, bidirectional, bias, parameters);
  }

  /**
   * The same, each example to its own end, and from a state that is given.
   *
   * @param input (n, L, E)
   * @param isThere (n, L): 1, or 0 for padding; undefined where all places are there
   * @param state (n, layers, 2H), hidden states and cells beside each other; undefined where it
   *     begins with zeros
   * @param output what leaves
   * @param layers how many are stacked
   * @param bidirectional whether there are two directions
   * @param bias whether there are biases
   * @param parameters in PyTorch's order
   * @return (n, L, H), (n, H), or as the state that is given; twice H, or twice as many states,
   *     where it is bidirectional
   */
  protected static Tensor lstm(
      Tensor input,
      Tensor isThere,
      Tensor state,
      Hidden output,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    Recurrence.Cell cell =
        (data, sizes, begin, all) -> {
          TensorVector both = new TensorVector(begin);
          return all(
              sizes == null
                  ? torch.lstm(data, both, all, bias, layers, 0, true, bidirectional, true)
                  : torch.lstm(data, sizes, both, all, bias, layers, 0, true, bidirectional));
        };
    return Recurrence.of(input, isThere, state, layers, bidirectional, parameters)
        .run(2, output, bidirectional ? 2 : 1, cell, parameters);
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
    Hidden output = sequence ? Hidden.SEQUENCE : Hidden.LAST;
    Tensor none = new Tensor();
    return gru(input, none, none, output, layers, bidirectional, bias, parameters);
  }

  /**
   * The same, each example to its own end, and from a state that is given.
   *
   * @param input (n, L, E)
   * @param isThere (n, L): 1, or 0 for padding; undefined where all places are there
   * @param state (n, layers, H); undefined where it begins with zeros
   * @param output what leaves
   * @param layers how many are stacked
   * @param bidirectional whether there are two directions
   * @param bias whether there are biases
   * @param parameters in PyTorch's order
   * @return (n, L, H), (n, H), or as the state that is given; twice H, or twice as many states,
   *     where it is bidirectional
   */
  protected static Tensor gru(
      Tensor input,
      Tensor isThere,
      Tensor state,
      Hidden output,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    return withOneState(
        torch::gru,
        torch::gru,
        Recurrence.of(input, isThere, state, layers, bidirectional, parameters),
        output,
        new Stack(layers, bidirectional, bias),
        parameters);
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
    Hidden output = sequence ? Hidden.SEQUENCE : Hidden.LAST;
    Tensor none = new Tensor();
    return rnnTanh(input, none, none, output, layers, bidirectional, bias, parameters);
  }

  /**
   * The same, each example to its own end, and from a state that is given.
   *
   * @param input (n, L, E)
   * @param isThere (n, L): 1, or 0 for padding; undefined where all places are there
   * @param state (n, layers, H); undefined where it begins with zeros
   * @param output what leaves
   * @param layers how many are stacked
   * @param bidirectional whether there are two directions
   * @param bias whether there are biases
   * @param parameters in PyTorch's order
   * @return (n, L, H), (n, H), or as the state that is given; twice H, or twice as many states,
   *     where it is bidirectional
   */
  protected static Tensor rnnTanh(
      Tensor input,
      Tensor isThere,
      Tensor state,
      Hidden output,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    return withOneState(
        torch::rnn_tanh,
        torch::rnn_tanh,
        Recurrence.of(input, isThere, state, layers, bidirectional, parameters),
        output,
        new Stack(layers, bidirectional, bias),
        parameters);
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
    Hidden output = sequence ? Hidden.SEQUENCE : Hidden.LAST;
    Tensor none = new Tensor();
    return rnnRelu(input, none, none, output, layers, bidirectional, bias, parameters);
  }

  /**
   * The same, each example to its own end, and from a state that is given.
   *
   * @param input (n, L, E)
   * @param isThere (n, L): 1, or 0 for padding; undefined where all places are there
   * @param state (n, layers, H); undefined where it begins with zeros
   * @param output what leaves
   * @param layers how many are stacked
   * @param bidirectional whether there are two directions
   * @param bias whether there are biases
   * @param parameters in PyTorch's order
   * @return (n, L, H), (n, H), or as the state that is given; twice H, or twice as many states,
   *     where it is bidirectional
   */
  protected static Tensor rnnRelu(
      Tensor input,
      Tensor isThere,
      Tensor state,
      Hidden output,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    return withOneState(
        torch::rnn_relu,
        torch::rnn_relu,
        Recurrence.of(input, isThere, state, layers, bidirectional, parameters),
        output,
        new Stack(layers, bidirectional, bias),
        parameters);
  }

  /** Layers above each other, as libtorch's functions are told of them. */
  private record Stack(long layers, boolean bidirectional, boolean bias) {}

  /** Libtorch's function of a cell with one state, where there are all places. */
  private interface OfAll {
    T_TensorTensor_T of(
        Tensor data,
        Tensor begin,
        TensorVector parameters,
        boolean bias,
        long layers,
        double dropout,
        boolean trains,
        boolean bidirectional,
        boolean batchFirst);
  }

  /** The same of packed places. */
  private interface OfPacked {
    T_TensorTensor_T of(
        Tensor data,
        Tensor batchSizes,
        Tensor begin,
        TensorVector parameters,
        boolean bias,
        long layers,
        double dropout,
        boolean trains,
        boolean bidirectional);
  }

  private static Tensor withOneState(
      OfAll ofAll,
      OfPacked ofPacked,
      Recurrence recurrence,
      Hidden output,
      Stack stack,
      Tensor... parameters) {
    long layers = stack.layers;
    boolean both = stack.bidirectional;
    boolean bias = stack.bias;
    Recurrence.Cell cell =
        (data, sizes, begin, all) ->
            all(
                sizes == null
                    ? ofAll.of(data, begin[0], all, bias, layers, 0, true, both, true)
                    : ofPacked.of(data, sizes, begin[0], all, bias, layers, 0, true, both));
    return recurrence.run(1, output, both ? 2 : 1, cell, parameters);
  }

  private static List<Tensor> all(T_TensorTensorTensor_T states) {
    return List.of(states.get0(), states.get1(), states.get2());
  }

  private static List<Tensor> all(T_TensorTensor_T states) {
    return List.of(states.get0(), states.get1());
  }
}
