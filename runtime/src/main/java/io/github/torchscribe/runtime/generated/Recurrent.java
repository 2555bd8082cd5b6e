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
   * Layers of cells, from zeros.
   *
   * @param cell what they are made of
   * @param input (n, L, E)
   * @param sequence whether all hidden states are wanted, or the last
   * @param layers how many are stacked
   * @param bidirectional whether there are two directions
   * @param bias whether there are biases
   * @param parameters in PyTorch's order
   * @return (n, L, H) or (n, H); twice H where it is bidirectional
   */
  protected static Tensor recurrent(
      Cell cell,
      Tensor input,
      boolean sequence,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    Hidden output = sequence ? Hidden.SEQUENCE : Hidden.LAST;
    Tensor none = new Tensor();
    return recurrent(cell, input, none, none, output, layers, bidirectional, bias, parameters);
  }

  /**
   * The same, each example to its own end, and from a state that is given.
   *
   * @param cell what they are made of
   * @param input (n, L, E)
   * @param isThere (n, L): 1, or 0 for padding; undefined where all places are there
   * @param state (n, layers, H), of LSTM (n, layers, 2H), hidden states and cells beside each
   *     other; undefined where it begins with zeros
   * @param output what leaves
   * @param layers how many are stacked
   * @param bidirectional whether there are two directions
   * @param bias whether there are biases
   * @param parameters in PyTorch's order
   * @return (n, L, H), (n, H), or as the state that is given; twice H, or twice as many states,
   *     where it is bidirectional
   */
  protected static Tensor recurrent(
      Cell cell,
      Tensor input,
      Tensor isThere,
      Tensor state,
      Hidden output,
      long layers,
      boolean bidirectional,
      boolean bias,
      Tensor... parameters) {
    Recurrence.Function function =
        switch (cell) {
          case LSTM -> lstm(layers, bidirectional, bias);
          case GRU -> ofOneState(torch::gru, torch::gru, layers, bidirectional, bias);
          case RNN_TANH ->
              ofOneState(torch::rnn_tanh, torch::rnn_tanh, layers, bidirectional, bias);
          case RNN_RELU ->
              ofOneState(torch::rnn_relu, torch::rnn_relu, layers, bidirectional, bias);
        };
    return Recurrence.of(input, isThere, state, layers, bidirectional, parameters)
        .run(cell.kinds(), output, bidirectional ? 2 : 1, function, parameters);
  }

  private static Recurrence.Function lstm(long layers, boolean bidirectional, boolean bias) {
    return (data, sizes, begin, all) -> {
      TensorVector both = new TensorVector(begin);
      return all(
          sizes == null
              ? torch.lstm(data, both, all, bias, layers, 0, true, bidirectional, true)
              : torch.lstm(data, sizes, both, all, bias, layers, 0, true, bidirectional));
    };
  }

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

  private static Recurrence.Function ofOneState(
      OfAll ofAll, OfPacked ofPacked, long layers, boolean bidirectional, boolean bias) {
    return (data, sizes, begin, all) ->
        all(
            sizes == null
                ? ofAll.of(data, begin[0], all, bias, layers, 0, true, bidirectional, true)
                : ofPacked.of(data, sizes, begin[0], all, bias, layers, 0, true, bidirectional));
  }

  private static List<Tensor> all(T_TensorTensorTensor_T states) {
    return List.of(states.get0(), states.get1(), states.get2());
  }

  private static List<Tensor> all(T_TensorTensor_T states) {
    return List.of(states.get0(), states.get1());
  }
}
