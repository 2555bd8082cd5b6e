package io.github.torchscribe.runtime.generated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A recurrent layer in a pass that is otherwise written out: written out too, where the processor
 * has given it memory and a CPU computes. Else libtorch's own does its work, as on GPUs it is one
 * kernel; while training it is recorded with copies of all that it is given, parameters too, so
 * that each share has gradients of its own.
 */
public final class RecurrentLayer {
  private final Recording recording;
  private final Cell cell;
  private final Hidden output;
  private final long layers;
  private final boolean bidirectional;
  private final boolean bias;
  private final Tensor[] parameters;
  private final UnrolledLayers unrolled;
  private int inputs;

  /**
   * A layer for one batch size.
   *
   * @param records whether backward goes through it
   * @param cell what it is made of
   * @param output what leaves
   * @param layers how many are stacked
   * @param bidirectional whether there are two directions
   * @param bias whether there are biases
   * @param length L
   * @param memory (n, …): what it needs where it is written out; undefined where it is not
   * @param parameters in PyTorch's order
   */
  public RecurrentLayer(
      boolean records,
      Cell cell,
      Hidden output,
      long layers,
      boolean bidirectional,
      boolean bias,
      long length,
      Tensor memory,
      Tensor... parameters) {
    recording = new Recording(records);
    this.cell = cell;
    this.output = output;
    this.layers = layers;
    this.bidirectional = bidirectional;
    this.bias = bias;
    this.parameters = parameters;
    unrolled =
        memory.defined() && memory.is_cpu()
            ? new UnrolledLayers(
                new UnrolledLayers.Shape(cell, output, (int) layers, bidirectional ? 2 : 1, bias),
                length,
                memory,
                parameters)
            : null;
  }

  /**
   * Reads sequences as a whole, and from zeros.
   *
   * @param result is given what leaves
   * @param input (n, L, E)
   */
  public void forward(Tensor result, Tensor input) {
    Tensor none = new Tensor();
    forward(result, input, none, none);
  }

  /**
   * The same, each example to its own end, and from a state that is given.
   *
   * @param result is given what leaves
   * @param input (n, L, E)
   * @param isThere (n, L): 1, or 0 for padding; undefined where all places are there
   * @param state (n, layers, H); undefined where it begins with zeros
   */
  public void forward(Tensor result, Tensor input, Tensor isThere, Tensor state) {
    if (unrolled != null) {
      unrolled.forward(result, input, state);
      return;
    }
    List<Tensor> given = new ArrayList<>(List.of(input));
    if (state.defined()) {
      given.add(state);
    }
    inputs = given.size();
    given.addAll(Arrays.asList(parameters));
    recording.forward(result, all -> apply(all, isThere), given.toArray(new Tensor[0]));
  }

  private Tensor apply(List<Tensor> all, Tensor isThere) {
    return Recurrent.recurrent(
        cell,
        all.get(0),
        isThere,
        inputs > 1 ? all.get(1) : new Tensor(),
        output,
        layers,
        bidirectional,
        bias,
        all.subList(inputs, all.size()).toArray(new Tensor[0]));
  }

  /**
   * Goes through the last forward pass again, backward.
   *
   * @param outputGradient the loss' gradient with respect to what left
   */
  public void backward(Tensor outputGradient) {
    if (unrolled == null) {
      recording.backward(outputGradient);
    } else {
      unrolled.backward(outputGradient);
    }
  }

  /**
   * After backward: the loss' gradient with respect to a parameter.
   *
   * @param which in PyTorch's order
   * @param gradient is given it
   */
  public void gradient(int which, Tensor gradient) {
    if (unrolled == null) {
      gradient.copy_(recording.inputGradient(inputs + which));
    } else {
      unrolled.gradient(which, gradient);
    }
  }

  /**
   * After backward: the loss' gradient with respect to the state that it began with.
   *
   * @param gradient is given it
   */
  public void stateGradient(Tensor gradient) {
    if (unrolled == null) {
      gradient.copy_(recording.inputGradient(1));
    } else {
      unrolled.stateGradient(gradient);
    }
  }

  /**
   * After backward and after the gradients of parameters, which read what this overwrites: the
   * loss' gradient with respect to the sequences.
   *
   * @param gradient is given it
   */
  public void inputGradient(Tensor gradient) {
    if (unrolled == null) {
      gradient.copy_(recording.inputGradient(0));
    } else {
      unrolled.inputGradient(gradient);
    }
  }
}
