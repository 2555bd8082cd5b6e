package io.github.torchscribe.runtime.generated;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A recurrent layer: what it reads, where examples end, and what it begins with.
 *
 * @param input (n, L, E)
 * @param isThere (n, L): 1, or 0 for padding; undefined where all places are there
 * @param state (n, layers, H): what it begins with, of all layers and directions; undefined where
 *     that is 0
 * @param rows how many states there are: of each layer and direction
 * @param hidden H of one state
 */
record Recurrence(Tensor input, Tensor isThere, Tensor state, long rows, long hidden) {
  /** Libtorch's function: what it gives at all places, then its states. */
  interface Function {
    /**
     * Runs.
     *
     * @param data (n, L, E), or packed places
     * @param batchSizes of packed places; null where there are all
     * @param begin what it begins with, (rows, n, H) each
     * @param parameters in PyTorch's order
     */
    List<Tensor> run(Tensor data, Tensor batchSizes, Tensor[] begin, TensorVector parameters);
  }

  static Recurrence of(
      Tensor input,
      Tensor isThere,
      Tensor state,
      long layers,
      boolean bidirectional,
      Tensor... parameters) {
    long hidden = parameters[1].size(1); // it maps a state to the gates
    return new Recurrence(input, isThere, state, layers * (bidirectional ? 2 : 1), hidden);
  }

  /**
   * Runs.
   *
   * @param kinds how many kinds of states there are, beside each other in what it begins with
   * @param output which of them leave
   * @param directions how many
   * @param function libtorch's
   * @param parameters in PyTorch's order
   */
  Tensor run(int kinds, Hidden output, long directions, Function function, Tensor... parameters) {
    Packed packed = isThere.defined() ? Packed.of(input, isThere) : null;
    Tensor[] begin = new Tensor[kinds];
    if (state.defined()) {
      for (int i = 0; i < kinds; i++) {
        Tensor kind = state.narrow(2, i * hidden, hidden).transpose(0, 1).contiguous();
        begin[i] = packed == null ? kind : packed.sorted(kind);
      }
    } else {
      long[] shape = {rows, input.size(0), hidden};
      Arrays.fill(begin, torch.zeros(shape, input.options()));
    }
    TensorVector all = new TensorVector(parameters);
    List<Tensor> given =
        packed == null
            ? function.run(input, null, begin, all)
            : function.run(packed.data(), packed.batchSizes(), begin, all);
    if (output == Hidden.SEQUENCE) {
      return packed == null ? given.get(0) : packed.padded(given.get(0));
    }
    Tensor[] states = new Tensor[kinds];
    for (int i = 0; i < kinds; i++) {
      Tensor kind = given.get(i + 1);
      states[i] = packed == null ? kind : packed.inOrder(kind);
    }
    if (output == Hidden.STATE) {
      return torch.cat(new TensorVector(states), 2).transpose(0, 1);
    }
    // Of the last layer, both directions' beside each other.
    return states[0].narrow(0, rows - directions, directions).transpose(0, 1).flatten(1, 2);
  }
}
