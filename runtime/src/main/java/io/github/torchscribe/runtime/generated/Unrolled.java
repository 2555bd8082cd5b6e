package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One layer and direction of a recurrent layer, written out from place to place, forward and
 * backward. All that it needs lies in the pass' memory, one place after the other, so that a place
 * is (n, …); views of it are made once for a batch size. Backward overwrites what forward has
 * computed of each place by the gradient of that.
 */
abstract class Unrolled {
  /**
   * What it works in.
   *
   * @param sequence (L, n, E): what it reads
   * @param gates (L, n, G): what cells compute of it, without the state before
   * @param hidden (L + 1, n, H): the state that it begins with and those behind each place
   * @param gradient (n, H): of the state that backward has come to
   * @param scratch (n, H), for anybody
   * @param more (n, H), for anybody
   * @param ofState (L, n, H): what cells compute of the state before apart, if they do
   */
  record Memory(
      Tensor sequence,
      Tensor gates,
      Tensor hidden,
      Tensor gradient,
      Tensor scratch,
      Tensor more,
      Tensor ofState) {}

  private final boolean reverse;
  private final Tensor outputs;
  private final Tensor inputWeightT;

  /** How many places there are. */
  final int length;

  /** H. */
  final long width;

  /** (L·n, E): what it reads. */
  final Tensor rows;

  /** (L·n, G): what cells compute of it, then the gradient of that. */
  final Tensor gates;

  /** (G, L·n): the same, transposed. */
  final Tensor gatesT;

  /** (L·n, H): the state before each place. */
  final Tensor previous;

  /** (n, H): the gradient of the state that backward has come to. */
  final Tensor gradient;

  /** (G, E). */
  final Tensor inputWeight;

  /** (G, H). */
  final Tensor stateWeight;

  /** (G) for what it reads and for the state; null where there are none. */
  final Tensor inputBias;

  /** The other. */
  final Tensor stateBias;

  /** (n, H) each: the state before a place. */
  final Tensor[] before;

  /** (n, H) each: the state behind a place. */
  final Tensor[] behind;

  Unrolled(Memory memory, boolean reverse, boolean bias, Tensor... parameters) {
    this.reverse = reverse;
    length = (int) memory.sequence.size(0);
    width = memory.hidden.size(2);
    rows = memory.sequence.flatten(0, 1);
    gates = memory.gates.flatten(0, 1);
    gatesT = gates.t();
    gradient = memory.gradient;
    Tensor first = memory.hidden.narrow(0, 0, length);
    Tensor last = memory.hidden.narrow(0, 1, length);
    outputs = reverse ? first : last;
    previous = (reverse ? last : first).flatten(0, 1);
    before = places(reverse ? last : first);
    behind = places(outputs);
    inputWeight = parameters[0];
    inputWeightT = inputWeight.t();
    stateWeight = parameters[1];
    inputBias = bias ? parameters[2] : null;
    stateBias = bias ? parameters[3] : null;
  }

  /** Views of each place of something whose places come first. */
  static Tensor[] places(Tensor all) {
    Tensor[] places = new Tensor[(int) all.size(0)];
    for (int i = 0; i < places.length; i++) {
      places[i] = all.select(0, i);
    }
    return places;
  }

  /** Which place is reached after so many. */
  private int at(int step) {
    return reverse ? length - 1 - step : step;
  }

  /** The state that it begins with, to be written before forward. */
  final Tensor begin() {
    return before[at(0)];
  }

  /** The state at its end. */
  final Tensor end() {
    return behind[at(length - 1)];
  }

  /** (L, n, H): the states behind all places. */
  final Tensor outputs() {
    return outputs;
  }

  /** Goes from place to place. */
  final void forward() {
    Tensor bias = bias();
    if (bias == null) {
      torch.mm_out(gates, rows, inputWeightT);
    } else {
      torch.addmm_out(gates, bias, rows, inputWeightT);
    }
    for (int i = 0; i < length; i++) {
      forward(at(i));
    }
  }

  /**
   * Goes back, where nobody has read more than the state at the end. {@link #gradient} is that of
   * this state, and then of the one that it begins with.
   */
  final void backward() {
    for (int i = length - 1; i >= 0; i--) {
      backward(at(i));
    }
  }

  /**
   * The same, where the states behind all places have been read.
   *
   * @param above the gradients of these
   */
  final void backwardFrom(Tensor... above) {
    for (int i = length - 1; i >= 0; i--) {
      gradient.add_(above[at(i)]);
      backward(at(i));
    }
  }

  /** What is added to the gates of all places; null where there is nothing. */
  abstract Tensor bias();

  /** The state behind a place, of the one before. */
  abstract void forward(int place);

  /** The gradient of a place's gates and of the state before it, of that of the state behind it. */
  abstract void backward(int place);

  /** After backward: the gradient of what maps states to gates. */
  abstract void stateWeightGradient(Tensor to);

  /** After backward: the gradient of what is added to that. */
  abstract void stateBiasGradient(Tensor to);

  /** A product of which a gradient is made, in 32-bit floats also where factors are in bfloat16. */
  static void product(Tensor to, Tensor left, Tensor right) {
    if (left.scalar_type().intern() == to.scalar_type().intern()) {
      torch.mm_out(to, left, right);
      return;
    }
    try (Tensor product = torch.mm(left, right)) {
      to.copy_(product);
    }
  }

  /**
   * After backward: the gradient of a parameter.
   *
   * @param which in PyTorch's order
   * @param to where it goes
   */
  final void gradient(int which, Tensor to) {
    switch (which) {
      case 0 -> product(to, gatesT, rows);
      case 1 -> stateWeightGradient(to);
      case 2 -> torch.sum_out(to, gates, 0);
      default -> stateBiasGradient(to);
    }
  }

  /**
   * After backward: the gradient of what it reads.
   *
   * @param to (L·n, E)
   * @param adds whether to what is there already
   */
  final void inputGradient(Tensor to, boolean adds) {
    if (adds) {
      to.addmm_(gates, inputWeight);
    } else {
      torch.mm_out(to, gates, inputWeight);
    }
  }
}
