package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import java.util.List;

/**
 * A layer whose gradient comes from libtorch's autograd, also in a network that is otherwise
 * written out: its differentiable expression is recorded while training.
 */
public abstract class RecordedLayer extends Layer {
  /**
   * A layer whose values have been checked.
   *
   * @param written where it stands
   */
  protected RecordedLayer(Written written) {
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

  /**
   * The layer's output.
   *
   * @param input an expression
   * @param code what else it is made of
   * @return a differentiable expression
   */
  protected abstract String expression(String input, ModelCode code);

  @Override
  public final BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

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
