package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.Tensor;

/** What a recurrent layer is made of. */
public enum Cell {
  /** Long short-term memory. */
  LSTM,

  /** A gated recurrent unit. */
  GRU,

  /** A hyperbolic tangent. */
  RNN_TANH,

  /** A rectifier. */
  RNN_RELU;

  /**
   * Whether what it computes of the state before stays apart from what it computes of the place.
   */
  boolean keepsOfState() {
    return this == GRU;
  }

  /** One layer and direction of it, written out; not of LSTM, where libtorch's own is as fast. */
  Unrolled unrolled(Unrolled.Memory memory, boolean reverse, boolean bias, Tensor... parameters) {
    return this == GRU
        ? new UnrolledGru(memory, reverse, bias, parameters)
        : new UnrolledRnn(memory, reverse, bias, this == RNN_RELU, parameters);
  }

  /** All layers of it as libtorch's function, which autograd can differentiate. */
  Tensor apply(
      Tensor input,
      Tensor isThere,
      Tensor state,
      Hidden output,
      long layers,
      boolean both,
      boolean bias,
      Tensor... all) {
    return switch (this) {
      case LSTM -> Recurrent.lstm(input, isThere, state, output, layers, both, bias, all);
      case GRU -> Recurrent.gru(input, isThere, state, output, layers, both, bias, all);
      case RNN_TANH -> Recurrent.rnnTanh(input, isThere, state, output, layers, both, bias, all);
      case RNN_RELU -> Recurrent.rnnRelu(input, isThere, state, output, layers, both, bias, all);
    };
  }
}
