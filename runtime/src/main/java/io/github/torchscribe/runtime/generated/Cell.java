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

  /** How many kinds of states it has, beside each other. */
  int kinds() {
    return this == LSTM ? 2 : 1;
  }

  /** One layer and direction of it, written out; not of LSTM, where libtorch's own is as fast. */
  Unrolled unrolled(Unrolled.Memory memory, boolean reverse, boolean bias, Tensor... parameters) {
    return this == GRU
        ? new UnrolledGru(memory, reverse, bias, parameters)
        : new UnrolledRnn(memory, reverse, bias, this == RNN_RELU, parameters);
  }
}
