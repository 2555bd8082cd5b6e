package io.github.torchscribe.runtime.generated;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/**
 * A layer that libtorch's autograd differentiates, in a pass that is otherwise written out: what it
 * does in a training step's forward pass is recorded, and gone through again in the backward pass.
 */
public final class Recording {
  private final boolean training;
  private List<Tensor> inputs = List.of();
  private Tensor output;

  Recording(boolean training) {
    this.training = training;
  }

  /**
   * Runs the layer.
   *
   * @param result is given its output
   * @param given its input
   * @param layer differentiable
   */
  public void forward(Tensor result, Tensor given, UnaryOperator<Tensor> layer) {
    forward(result, all -> layer.apply(all.get(0)), given);
  }

  /**
   * Goes through the last forward pass again, backward.
   *
   * @param outputGradient the loss' gradient with respect to the output
   */
  public void backward(Tensor outputGradient) {
    BoolOptional freed = new BoolOptional();
    TensorArrayRefOptional allLeaves = new TensorArrayRefOptional();
    record(() -> output.backward(outputGradient, freed, false, allLeaves));
  }

  /**
   * The same where the gradient of the input is wanted.
   *
   * @param outputGradient the loss' gradient with respect to the output
   * @param inputGradient is given the one with respect to the input
   */
  public void backward(Tensor outputGradient, Tensor inputGradient) {
    backward(outputGradient);
    inputGradient.copy_(inputGradient(0));
  }

  /**
   * Runs a layer that reads several values.
   *
   * @param result is given its output
   * @param layer differentiable, of all values
   * @param given what it reads
   */
  public void forward(Tensor result, Function<List<Tensor>, Tensor> layer, Tensor... given) {
    if (!training) {
      result.copy_(layer.apply(List.of(given)));
      return;
    }
    record(
        () -> {
          // Buffers change before backward, and parameters are views that autograd cannot keep.
          inputs = Arrays.stream(given).map(one -> one.clone().requires_grad_(true)).toList();
          output = layer.apply(inputs);
        });
    result.copy_(output.detach());
  }

  /**
   * The loss' gradient with respect to one of several values, after backward.
   *
   * @param which counted from 0
   * @return of the value's shape; undefined where the output does not depend on the value
   */
  public Tensor inputGradient(int which) {
    return inputs.get(which).grad();
  }

  /** What the layer gave last, with all that autograd has recorded of it. */
  Tensor output() {
    return output;
  }

  private static void record(Runnable work) {
    InferenceMode off = new InferenceMode(false);
    try {
      GradMode.set_enabled(true);
      work.run();
    } finally {
      off.close(); // sets the gradient mode back, too
    }
  }
}
