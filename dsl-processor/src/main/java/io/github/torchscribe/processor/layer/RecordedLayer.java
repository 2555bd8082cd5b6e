package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import java.util.List;

/**
 * A layer whose gradient comes from libtorch's autograd, also in a network that is otherwise
 * written out: its differentiable expression is recorded while training.
 */
abstract class RecordedLayer extends Layer {
  RecordedLayer(Written written) {
    super(written);
  }

  @Override
  public final boolean isRecorded() {
    return true;
  }

  @Override
  public final boolean isDivisible() {
    return false;
  }

  @Override
  public final boolean needsInput() {
    return true;
  }

  /** The layer's output as a differentiable expression of an input. */
  abstract String expression(String input, ModelCode code);

  @Override
  public final void forward(ForwardCode code) {
    code.step(
        code.recording()
            + ".forward("
            + code.output()
            + ", "
            + code.input()
            + ", x -> "
            + expression("x", code)
            + ")");
  }

  @Override
  public final void backward(BackwardCode code) {
    List<ParameterSpec> parameters = parameters(code.inputShape());
    for (ParameterSpec parameter : parameters) {
      code.step(code.gradient(parameter.name()) + ".zero_()");
    }
    code.step(
        code.recording()
            + ".backward("
            + code.outputGradient()
            + (code.wantsInputGradient() ? ", " + code.inputGradient() : "")
            + ")");
    parameters.forEach(parameter -> code.hasGradient(parameter.name()));
  }

  @Override
  public final String autograd(AutogradCode code) {
    return expression(code.input(), code);
  }
}
